/**
 * Days that are no part of a feed's life. Rows whose clock was wrong are counted where they say that they belong, and a file
 * without rows among files of long ago was not of yesterday: but neither tells when the feed comes.
 */
import type { FeedRecord, FileSpan } from "./feed-record.ts";
import { median } from "./feed-rhythm.ts";
import type { DayNumber } from "./period.ts";

/** When some days are no part of a feed's life. */
export interface StrayPolicy {
  /** Nothing on at least so many days before and after them. */
  readonly apartDays: number;
  /** They hold less than this share of all observations ... */
  readonly share: number;
  /** ... and, day by day, less than this share of what is usual of a day. */
  readonly dayShare: number;
}

interface Run {
  readonly first: DayNumber;
  last: DayNumber;
  days: number;
  observations: number;
}

/**
 * The record without stray days: a few rows far from all others, or files without rows, which tell of the day `delay` days before
 * they were stored. A feed that begins again after a long rest is no stray: its days
 * are as full as they were. Spans of files end where days that are no strays do.
 */
export function withoutStrays(record: FeedRecord, delay: number, policy: StrayPolicy): FeedRecord {
  const full = record.days.filter(({ observations }) => observations > 0);
  const empty = record.spans.flatMap(({ stored, last }) =>
    last === 0 ? [{ day: stored - delay, observations: 0 }] : [],
  );
  const told = [...full, ...empty].sort((a, b) => a.day - b.day);
  const runs = runsOf(told, policy.apartDays);
  if (runs.length < 2) return record;
  const all = full.reduce((sum, { observations }) => sum + observations, 0);
  const usual = median(full.map(({ observations }) => observations));
  const strays = runs.filter(
    ({ days, observations }) =>
      observations < all * policy.share && observations < days * usual * policy.dayShare,
  );
  if (strays.length === 0) return record;
  const isStray = (day: DayNumber): boolean =>
    strays.some(({ first, last }) => day >= first && day <= last);
  const solid = full.map(({ day }) => day).filter((day) => !isStray(day));
  return {
    ...record,
    days: record.days.map((of) => (isStray(of.day) ? { ...of, observations: 0 } : of)),
    spans: record.spans.flatMap((span) => {
      if (span.last === 0) return isStray(span.stored - delay) ? [] : [span];
      return within(span, solid);
    }),
  };
}

function runsOf(days: readonly { day: DayNumber; observations: number }[], apart: number): Run[] {
  const runs: Run[] = [];
  for (const { day, observations } of days) {
    const run = runs.at(-1);
    if (run && day - run.last <= apart) {
      run.last = day;
      run.days++;
      run.observations += observations;
    } else runs.push({ first: day, last: day, days: 1, observations });
  }
  return runs;
}

/** The span from its first solid day to its last, if it has any. */
function within({ stored, first, last }: FileSpan, solid: readonly DayNumber[]): FileSpan[] {
  const from = solid[firstFrom(solid, first)];
  const to = solid[firstFrom(solid, last + 1) - 1];
  if (from === undefined || to === undefined || from > to) return [];
  return [{ stored, first: from, last: to }];
}

/** The position of the first day at or after this; their number if there is none. */
function firstFrom(days: readonly DayNumber[], day: DayNumber): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
