/** How a feed is: a pure function of what is on record, what is expected, the day, and a policy. */
import { findGaps, gapsToNote } from "./feed-gaps.ts";
import type { FeedGap, FeedRecord } from "./feed-record.ts";
import { type StrayPolicy, withoutStrays } from "./feed-strays.ts";
import {
  coveredDays,
  endsOf,
  learnRhythm,
  type LearningPolicy,
  median,
  type Rhythm,
  type ToldRhythm,
  usualDelay,
  usualLength,
} from "./feed-rhythm.ts";
import type { DayNumber } from "./period.ts";

/**
 * `never`: nothing came yet. `down`: what was due last did not come, and is given up. `late`: it may come still. `quiet`: nothing
 * new comes, though nothing says that it should have. `dropped`: far fewer rows than usual. The first that applies.
 */
export const feedStates = ["never", "down", "late", "quiet", "dropped", "ok"] as const;

/** One of {@link feedStates}. */
export type FeedState = (typeof feedStates)[number];

/** What is expected of a feed, and how collecting it stands. */
export interface FeedExpectation {
  /** What the operator says; absent: it is learnt. */
  readonly told?: ToldRhythm;
  /** The feed is asked often, and need not have something new whenever it is asked. */
  readonly polled?: boolean;
  /** The UTC day of the last run that went well. */
  readonly lastRun?: DayNumber;
  /** The last run failed. */
  readonly failing?: boolean;
  /** More often than daily: what was due last is past its hour, and did not come. */
  readonly overdue?: boolean;
  /** Something was taken from it, though its files may be stored under other names. */
  readonly taken?: boolean;
}

/** The numbers that are a matter of taste. */
export interface HealthPolicy {
  readonly learning: LearningPolicy;
  readonly strays: StrayPolicy;
  /** No feed is waited for longer than so. */
  readonly mostDelayDays: number;
  /** The delay of a feed whose files were stored on fewer days than `leastStoringDays`. */
  readonly delayDays: number;
  readonly leastStoringDays: number;
  readonly graceDays: number;
  /** Files that tell of many days are waited for as long, but no longer than so. */
  readonly longestFileDays: number;
  readonly endedAfterDays: number;
  /** A feed without a rhythm is quiet when nothing was stored for so many days. */
  readonly quietAfterDays: number;
  /** A day's observations are compared with the median of so many days before; a drop needs so many of them at least. */
  readonly medianDays: number;
  readonly leastMedianDays: number;
  /** A drop is a fall by more than this share. */
  readonly dropShare: number;
}

export const healthPolicy: HealthPolicy = {
  strays: { apartDays: 31, share: 0.01, dayShare: 0.1 },
  learning: { weeks: 8, leastWeeks: 3, leastFiles: 3, share: 0.75 },
  mostDelayDays: 7,
  delayDays: 1,
  leastStoringDays: 3,
  graceDays: 1,
  longestFileDays: 31,
  endedAfterDays: 366,
  quietAfterDays: 7,
  medianDays: 28,
  leastMedianDays: 7,
  dropShare: 0.5,
};

/** How a feed is. */
export interface FeedHealth {
  readonly state: FeedState;
  /** How it is known when the feed is expected. */
  readonly rhythm: Rhythm["by"];
  /** The newest event day of which the feed told; `null` if of none. */
  readonly lastDay: DayNumber | null;
  /** Days from the last event of a file to its storing, usually and of the newest file; `null` where that is not known. */
  readonly usualLagDays: number | null;
  readonly lagDays: number | null;
  /** The newest whole day's observations beside the median of the days before it; `null` if there is too little to compare. */
  readonly volume: {
    readonly day: DayNumber;
    readonly observations: number;
    readonly median: number;
  } | null;
  /** All gaps that are to be on record. */
  readonly gaps: readonly FeedGap[];
  /** Whether the feed was to tell of a day; `null` where that is not known. */
  expected(day: DayNumber): boolean | null;
}

/** Judges a feed on a day. */
export function judgeFeed(
  recorded: FeedRecord,
  expectation: FeedExpectation,
  today: DayNumber,
  policy: HealthPolicy = healthPolicy,
): FeedHealth {
  const delayOf = (usual: number | undefined): number =>
    Math.min(usual ?? policy.delayDays, policy.mostDelayDays);
  const before = delayOf(usualDelay(recorded, policy.leastStoringDays));
  const record = withoutStrays(recorded, before, policy.strays);
  const usual = usualDelay(record, policy.leastStoringDays);
  const delay = delayOf(usual);
  const covered = coveredDays(record, delay);
  const rhythm = expectation.told ?? learnRhythm(record, policy.learning);
  const lags = record.spans.filter((span) => span.last > 0);
  const newest = lags.reduce((a, b) => (b.stored >= a.stored ? b : a), lags[0]!);
  const lag = newest ? Math.max(0, newest.stored - newest.last) : null;
  // What had ended when it was stored is an archive, of which nothing more is to come.
  const endedAfter = (lag ?? 0) > policy.endedAfterDays ? 0 : policy.endedAfterDays;
  const found = findGaps({
    covered,
    rhythm,
    delay,
    grace: policy.graceDays + usualLength(record, policy.longestFileDays) - 1,
    endedAfter,
    today,
    why: expectation.failing ? "collecting-failed" : "nothing-came",
  });
  const last = covered.size === 0 ? null : endsOf(covered)[1];
  const missed = found.filter(({ day }) => !askedInVain(expectation, last, day));
  const lasts = {
    from: covered.size === 0 ? 0 : endsOf(covered)[0],
    until: (last ?? 0) + 1 + endedAfter,
  };
  const noted = record.gaps.filter(({ day }) => day >= lasts.from && day < lasts.until);
  const gaps = gapsToNote(noted, missed, covered, rhythm);
  const volume = volumeOf(record, covered, today, delay, policy);
  return {
    state: stateOf(record, expectation, { found, missed, volume, last, rhythm }, today, policy),
    rhythm: rhythm.by,
    lastDay: last,
    usualLagDays: usual ?? null,
    lagDays: lag,
    volume,
    gaps,
    expected: (day) => isExpected(rhythm, day, delay),
  };
}

/** A feed that was asked since, and had nothing new, is not down: there was nothing to tell. */
function askedInVain(
  { polled, failing, lastRun }: FeedExpectation,
  last: DayNumber | null,
  day: DayNumber,
): boolean {
  return polled === true && !failing && last !== null && day > last && (lastRun ?? 0) >= day;
}

function stateOf(
  record: FeedRecord,
  expectation: FeedExpectation,
  judged: {
    readonly found: readonly FeedGap[];
    readonly missed: readonly FeedGap[];
    readonly volume: FeedHealth["volume"];
    readonly last: DayNumber | null;
    readonly rhythm: Rhythm;
  },
  today: DayNumber,
  policy: HealthPolicy,
): FeedState {
  const { found, missed, volume, last, rhythm } = judged;
  if (record.spans.length === 0) {
    if (!expectation.taken) return "never";
    return expectation.failing ? "late" : "ok";
  }
  const open = missed.filter(({ day }) => last === null || day > last);
  if (open.some(({ state }) => state === "down")) return "down";
  if (open.length > 0 || expectation.failing || expectation.overdue) return "late";
  const silent = today - Math.max(...record.spans.map(({ stored }) => stored));
  if (found.length > missed.length) return "quiet";
  if (rhythm.by === "unknown" && silent > policy.quietAfterDays) return "quiet";
  if (volume && volume.observations < volume.median * (1 - policy.dropShare)) return "dropped";
  return "ok";
}

/** The newest day that is over: a later one was told of, or what was due of it is given up. */
function volumeOf(
  { days }: FeedRecord,
  covered: ReadonlySet<DayNumber>,
  today: DayNumber,
  delay: number,
  policy: HealthPolicy,
): FeedHealth["volume"] {
  const byDay = new Map(days.map(({ day, observations }) => [day, observations]));
  const told = [...covered].sort((a, b) => a - b);
  const newest = told.at(-1);
  if (newest === undefined) return null;
  if (newest + delay + policy.graceDays > today) told.pop();
  const day = told.pop();
  if (day === undefined) return null;
  const before = told
    .filter((earlier) => earlier >= day - policy.medianDays)
    .map((earlier) => byDay.get(earlier) ?? 0);
  if (before.length < policy.leastMedianDays) return null;
  return { day, observations: byDay.get(day) ?? 0, median: median(before) };
}

function isExpected(rhythm: Rhythm, day: DayNumber, delay: number): boolean | null {
  switch (rhythm.by) {
    case "times":
      return rhythm.dueOn(day + delay);
    case "every":
      return rhythm.days === 1 ? true : null;
    case "learnt":
      return rhythm.weekdays.has(day % 7);
    case "unknown":
      return null;
  }
}
