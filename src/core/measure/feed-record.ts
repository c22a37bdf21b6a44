/** What is on record of a feed, day by day: what its health is judged by. */
import type { DayNumber } from "./period.ts";

/** One day of a feed. Event days and days of storing are different days of most files. */
export interface FeedDay {
  readonly day: DayNumber;
  /** Observations kept whose event day this is. */
  readonly observations: number;
  /** Files that were stored on this day, and what became of their rows. */
  readonly batches: number;
  readonly rows: number;
  readonly kept: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly skipped: number;
  /** The first and the last moment of storing on this day, ISO 8601; `null` if there was none. */
  readonly firstStored: string | null;
  readonly lastStored: string | null;
}

/** Files that were stored on one day, and the first and last event day of the rows that were kept of each; 0 if none was. */
export interface FileSpan {
  readonly stored: DayNumber;
  readonly first: DayNumber;
  readonly last: DayNumber;
}

/** Why a day of a feed is missing: a word for programs. */
export type GapCause = "nothing-came" | "collecting-failed";

/**
 * An event day of which the feed should have told and did not. `late`: it may come still; `down`: it was given up. No rows for
 * such a day is not zero rows.
 */
export interface FeedGap {
  readonly day: DayNumber;
  readonly state: "down" | "late";
  readonly why: GapCause;
}

/** Everything on record of a feed. */
export interface FeedRecord {
  readonly feed: string;
  /** Ascending; days on which nothing was, are left out. */
  readonly days: readonly FeedDay[];
  /** Distinct, in the order of storing, then of days. */
  readonly spans: readonly FileSpan[];
  /** Report types that were read without a mapping of their own. */
  readonly unmapped: readonly string[];
  /** The gaps as they were noted last, ascending. */
  readonly gaps: readonly FeedGap[];
}
