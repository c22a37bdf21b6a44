import {
  type DayNumber,
  dayText,
  type FeedDay,
  type FeedExpectation,
  type FeedHealth,
  type FeedRecord,
  type FeedState,
  judgeFeed,
} from "../core/measure/index.ts";
import type { FeedStanding } from "./collect-ports.ts";
import type { ObservationStore } from "./ports.ts";

/** A feed of the configuration. */
export interface WatchedFeed {
  readonly feed: string;
  readonly enabled: boolean;
  /** Whether `tocsin collect` takes it. */
  readonly collected: boolean;
  readonly expectation: FeedExpectation;
  readonly standing?: FeedStanding;
  /** Of a feed that is expected more often than daily: when the next is due after one came. */
  readonly dueAfter?: (came: Date) => Date;
}

/** One day of a feed, for people: `expected` is `null` where that is not known. */
export interface StatusDay extends Omit<FeedDay, "day"> {
  readonly day: string;
  readonly expected: boolean | null;
}

/** How a feed is, and the numbers that say so. Days are `YYYY-MM-DD`, times ISO 8601. */
export interface FeedStatus {
  readonly feed: string;
  readonly state: FeedState;
  /** `false`: the configuration puts it to rest, and nothing of it is a problem. */
  readonly enabled: boolean;
  /** Whether `tocsin collect` takes it. */
  readonly collected: boolean;
  /** How it is known when it is expected. */
  readonly rhythm: FeedHealth["rhythm"];
  /** Sums over the days that were asked for, of what was stored on them. */
  readonly batches: number;
  readonly rows: number;
  readonly kept: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly skipped: number;
  /** Fractions of the rows, to six decimals. */
  readonly refusedShare: number;
  readonly duplicateShare: number;
  readonly lastDay: string | null;
  readonly lagDays: number | null;
  readonly usualLagDays: number | null;
  /** The newest whole event day beside the median of the 28 days before; `change` is a fraction of the median, -0.6 for a drop of 60 %. */
  readonly volume: {
    readonly day: string;
    readonly observations: number;
    readonly median: number;
    readonly change: number;
  } | null;
  readonly unmapped: readonly string[];
  /** Event days of which it should have told and did not; all that are on record. */
  readonly down: readonly string[];
  readonly late: readonly string[];
  readonly lastStored: string | null;
  /** When the next is due, of a feed that is expected more often than daily. */
  readonly dueAt: string | null;
  /** Hours since then, to one decimal; `null` while there is no hour since. */
  readonly overdueHours: number | null;
  /** When collecting it went well last. */
  readonly lastRunAt: string | null;
  readonly failing: NonNullable<FeedStanding["failing"]> | null;
  /** The last failure to collect it, also if it went well since. */
  readonly lastFailure: NonNullable<FeedStanding["lastFailure"]> | null;
  readonly days: readonly StatusDay[];
}

const MS_A_DAY = 86_400_000;
const MS_AN_HOUR = 3_600_000;
/** So late may be what is due more often than daily. */
const GRACE_HOURS = 1;

/**
 * Judges every feed that has a batch or is configured, by name, and notes the gaps that this brings to light, or takes away.
 * `days`: how many days, today the last, are summed up and listed.
 */
export async function watchFeeds(
  store: ObservationStore,
  watched: readonly WatchedFeed[],
  now: Date,
  days = 28,
): Promise<FeedStatus[]> {
  const today = Math.floor(now.getTime() / MS_A_DAY);
  const records = new Map((await store.feedRecords()).map((record) => [record.feed, record]));
  const configured = new Map(watched.map((feed) => [feed.feed, feed]));
  const statuses: FeedStatus[] = [];
  for (const feed of [...new Set([...records.keys(), ...configured.keys()])].sort()) {
    const record = records.get(feed) ?? nothingOf(feed);
    const of = configured.get(feed) ?? { feed, enabled: true, collected: false, expectation: {} };
    if (!of.enabled && !records.has(feed)) continue;
    const due = dueOf(of, record, now);
    const overdue = due.overdueHours !== null;
    const health = judgeFeed(record, { ...of.expectation, overdue }, today);
    if (JSON.stringify(health.gaps) !== JSON.stringify(record.gaps))
      await store.noteGaps(feed, health.gaps);
    const status = statusOf(of, record, health, { from: today - days + 1, until: today + 1 });
    statuses.push({ ...status, ...due });
  }
  return statuses;
}

/** Whether somebody should look at a feed. */
export function needsCare({ enabled, state }: FeedStatus): boolean {
  return enabled && state !== "ok";
}

function nothingOf(feed: string): FeedRecord {
  return { feed, days: [], spans: [], unmapped: [], gaps: [] };
}

function statusOf(
  { feed, enabled, collected, standing }: WatchedFeed,
  record: FeedRecord,
  health: FeedHealth,
  asked: { readonly from: DayNumber; readonly until: DayNumber },
): Omit<FeedStatus, keyof Due> {
  const byDay = new Map(record.days.map((day) => [day.day, day]));
  const list = Array.from({ length: asked.until - asked.from }, (_, i) => {
    const day = asked.from + i;
    return {
      ...(byDay.get(day) ?? emptyDay),
      day: dayText(day),
      expected: health.expected(day),
    };
  });
  const sum = (of: "batches" | "rows" | "kept" | "duplicate" | "refused" | "skipped"): number =>
    list.reduce((n, day) => n + day[of], 0);
  const { volume, gaps } = health;
  return {
    feed,
    state: health.state,
    enabled,
    collected,
    rhythm: health.rhythm,
    batches: sum("batches"),
    rows: sum("rows"),
    kept: sum("kept"),
    duplicate: sum("duplicate"),
    refused: sum("refused"),
    skipped: sum("skipped"),
    refusedShare: fraction(sum("refused"), sum("rows")),
    duplicateShare: fraction(sum("duplicate"), sum("rows")),
    lastDay: health.lastDay === null ? null : dayText(health.lastDay),
    lagDays: health.lagDays,
    usualLagDays: health.usualLagDays,
    volume: volume && {
      day: dayText(volume.day),
      observations: volume.observations,
      median: volume.median,
      change: fraction(volume.observations - volume.median, volume.median),
    },
    unmapped: record.unmapped,
    down: gaps.filter(({ state }) => state === "down").map(({ day }) => dayText(day)),
    late: gaps.filter(({ state }) => state === "late").map(({ day }) => dayText(day)),
    lastStored: lastStoredOf(record),
    lastRunAt: standing?.lastRunAt ?? null,
    failing: standing?.failing ?? null,
    lastFailure: standing?.lastFailure ?? null,
    days: list,
  };
}

type Due = Pick<FeedStatus, "dueAt" | "overdueHours">;

/** When a feed is due that is expected more often than daily, by the last that came of it. */
function dueOf(
  { standing, expectation, dueAfter }: WatchedFeed,
  record: FeedRecord,
  now: Date,
): Due {
  const asked = expectation.polled ? standing?.lastRunAt : undefined;
  const came = [lastStoredOf(record), standing?.lastTakenAt, asked].flatMap((at) => at ?? []);
  if (!dueAfter || came.length === 0) return { dueAt: null, overdueHours: null };
  const due = dueAfter(new Date(Math.max(...came.map((at) => Date.parse(at)))));
  const hours = (now.getTime() - due.getTime()) / MS_AN_HOUR;
  return {
    dueAt: due.toISOString(),
    overdueHours: hours >= GRACE_HOURS ? Math.floor(hours * 10) / 10 : null,
  };
}

function lastStoredOf({ days }: FeedRecord): string | null {
  return days.findLast(({ lastStored }) => lastStored !== null)?.lastStored ?? null;
}

const emptyDay: Omit<FeedDay, "day"> = {
  observations: 0,
  batches: 0,
  rows: 0,
  kept: 0,
  duplicate: 0,
  refused: 0,
  skipped: 0,
  firstStored: null,
  lastStored: null,
};

function fraction(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
}
