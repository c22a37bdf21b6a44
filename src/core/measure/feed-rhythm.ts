/** On which days a feed should tell of something, and of which days it did. */
import type { FeedRecord, FileSpan } from "./feed-record.ts";
import type { DayNumber } from "./period.ts";

/**
 * When a feed is expected. `times`: a file is due on these UTC days, and tells of the days since the file before. `every`: no
 * more than so many days go by without any. `learnt`: on the weekdays (0 is Thursday, as day 0 was one) on which it usually
 * told of something. `unknown`: too little is on record.
 */
export type Rhythm =
  | { readonly by: "times"; dueOn(day: DayNumber): boolean }
  | { readonly by: "every"; readonly days: number }
  | { readonly by: "learnt"; readonly weekdays: ReadonlySet<number> }
  | { readonly by: "unknown" };

/** What the operator said of a rhythm. */
export type ToldRhythm = Extract<Rhythm, { by: "times" | "every" }>;

/** How much is looked at, to learn, and how often a weekday must have come. */
export interface LearningPolicy {
  readonly weeks: number;
  readonly leastWeeks: number;
  /** From fewer files nothing is learnt. */
  readonly leastFiles: number;
  readonly share: number;
}

const WEEK = 7;

/** Learns on which weekdays a feed tells of something, from the weeks before its last day. */
export function learnRhythm({ days, spans }: FeedRecord, policy: LearningPolicy): Rhythm {
  const told = new Set(days.flatMap((of) => (of.observations > 0 ? [of.day] : [])));
  const [first, last] = endsOf(told);
  const weeks = Math.min(policy.weeks, Math.floor((last - first + 1) / WEEK));
  if (spans.length < policy.leastFiles || told.size === 0 || weeks < policy.leastWeeks)
    return { by: "unknown" };
  const came = Array.from({ length: WEEK }, () => 0);
  for (let day = last - weeks * WEEK + 1; day <= last; day++)
    if (told.has(day)) came[day % WEEK]!++;
  const weekdays = new Set(
    came.flatMap((times, weekday) => (times >= weeks * policy.share ? [weekday] : [])),
  );
  return weekdays.size === 0 ? { by: "unknown" } : { by: "learnt", weekdays };
}

/** The first and the last of some days. */
export function endsOf(days: Iterable<DayNumber>): [first: DayNumber, last: DayNumber] {
  let [first, last] = [Number.MAX_SAFE_INTEGER, 0];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}

/**
 * Days from the last event of a file to its storing, as the feed usually has it: by the newest file of each day of storing, as
 * others were read in later. `undefined` where files were stored on too few days to tell.
 */
export function usualDelay({ spans }: FeedRecord, leastDays: number): number | undefined {
  const newest = new Map<DayNumber, DayNumber>();
  for (const { stored, last } of spans)
    if (last > 0) newest.set(stored, Math.max(last, newest.get(stored) ?? 0));
  if (newest.size < leastDays) return undefined;
  return median([...newest].map(([stored, last]) => Math.max(0, stored - last)));
}

/** Days that a file usually tells of, where that is more than a night: so long one waits for the next. */
export function usualLength({ spans }: FeedRecord, most: number): number {
  const length = median(spans.filter(({ last }) => last > 0).map(lengthOf));
  return length <= 2 ? 1 : Math.min(length, most);
}

/**
 * The event days that a feed has told of: those with observations, and those between the first and last day of a file, where
 * none is a fact. A file speaks of no more days than files of the feed usually do, up to its last: a stray old row says nothing
 * of the days between. A file without rows speaks of the day that was due.
 */
export function coveredDays({ days, spans }: FeedRecord, delay: number): Set<DayNumber> {
  const covered = new Set<DayNumber>();
  for (const { day, observations } of days) if (observations > 0) covered.add(day);
  const longest = 2 * median(spans.filter(({ last }) => last > 0).map(lengthOf));
  for (const span of spans) {
    if (span.last === 0) covered.add(span.stored - delay);
    else
      for (let day = Math.max(span.first, span.last - longest); day <= span.last; day++)
        covered.add(day);
  }
  return covered;
}

function lengthOf({ first, last }: FileSpan): number {
  return last - first + 1;
}

/** The middle value; of two middle ones the lower; 0 of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
