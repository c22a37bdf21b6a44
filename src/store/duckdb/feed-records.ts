/** What is on record of each feed, and its gaps. */
import type { Reading } from "../../app/ports.ts";
import type { FeedDay, FeedGap, FeedRecord, FileSpan } from "../../core/measure/index.ts";
import { isUnmapped, UNMAPPED } from "../shared/journal.ts";
import { rollBack, type Session, utc } from "./database.ts";

interface Numbers {
  readonly day: number;
  readonly seen: bigint;
  readonly batches: bigint;
  readonly rows: bigint;
  readonly kept: bigint;
  readonly duplicate: bigint;
  readonly refused: bigint;
  readonly skipped: bigint;
  readonly first: string | null;
  readonly last: string | null;
}

interface StoredRecord {
  readonly feed: string;
  readonly days: readonly Numbers[];
  readonly spans: readonly FileSpan[] | null;
  readonly readings: readonly string[] | null;
  readonly gaps: readonly FeedGap[] | null;
}

const STORED_DAY = "(epoch_ms(stored_at) // 86400000)::INTEGER";

/** One statement, over the small tables only. */
const RECORDS = `
  WITH file AS (SELECT * FROM batch WHERE sha256 <> ''),
    stored AS (SELECT feed, ${STORED_DAY} AS day, count(*) FILTER (part = 0) AS batches, sum(rows)::BIGINT AS rows,
        sum(kept)::BIGINT AS kept, sum(duplicate)::BIGINT AS duplicate, sum(refused)::BIGINT AS refused,
        sum(skipped)::BIGINT AS skipped,
        ${utc("min(stored_at)")} AS first, ${utc("max(stored_at)")} AS last
      FROM file GROUP BY ALL),
    seen AS (SELECT feed, day::INTEGER AS day, sum(rows)::BIGINT AS n FROM daily GROUP BY ALL HAVING sum(rows) > 0),
    days AS (SELECT feed, list({day: day, seen: coalesce(n, 0), batches: coalesce(batches, 0), rows: coalesce(rows, 0),
        kept: coalesce(kept, 0), duplicate: coalesce(duplicate, 0), refused: coalesce(refused, 0), skipped: coalesce(skipped, 0), first: first, last: last}
        ORDER BY day) AS days
      FROM stored FULL JOIN seen USING (feed, day) GROUP BY feed),
    distinct_span AS (SELECT DISTINCT feed, ${STORED_DAY} AS stored, first_day::INTEGER AS first, last_day::INTEGER AS last FROM file),
    span AS (SELECT feed, list({stored: stored, first: first, last: last} ORDER BY stored, first, last) AS spans
      FROM distinct_span GROUP BY feed),
    noted AS (SELECT feed, list(DISTINCT reading) AS readings FROM file WHERE reading LIKE '%${UNMAPPED}%' GROUP BY feed),
    gap AS (SELECT feed, list({day: day, state: state, why: why} ORDER BY day) AS gaps FROM feed_gap GROUP BY feed)
  SELECT f.name AS feed, days.days, span.spans, noted.readings, gap.gaps
    FROM days JOIN feed f ON f.id = days.feed LEFT JOIN span ON span.feed = f.id LEFT JOIN noted ON noted.feed = f.id
      LEFT JOIN gap ON gap.feed = f.id ORDER BY f.name`;

/** Reads what is on record of every feed. */
export async function readFeedRecords(session: Session): Promise<FeedRecord[]> {
  const records = await session.rows<StoredRecord>(RECORDS);
  return records.map(({ feed, days, spans, readings, gaps }) => ({
    feed,
    days: days.map(dayOf),
    spans: spans ?? [],
    unmapped: unmappedTypes(readings ?? []),
    gaps: gaps ?? [],
  }));
}

/** Notes the gaps of a feed in place of those that were noted. */
export async function writeGaps(
  session: Session,
  feed: number,
  gaps: readonly FeedGap[],
): Promise<void> {
  await session.run("BEGIN");
  try {
    await session.run("DELETE FROM feed_gap WHERE feed = $1", [feed]);
    for (const { day, state, why } of gaps)
      await session.run("INSERT INTO feed_gap VALUES ($1, $2, $3, $4)", [feed, day, state, why]);
    await session.run("COMMIT");
  } catch (error) {
    await rollBack(session, error);
    throw error;
  }
}

function dayOf(of: Numbers): FeedDay {
  return {
    day: of.day,
    observations: Number(of.seen),
    batches: Number(of.batches),
    rows: Number(of.rows),
    kept: Number(of.kept),
    duplicate: Number(of.duplicate),
    refused: Number(of.refused),
    skipped: Number(of.skipped),
    firstStored: of.first,
    lastStored: of.last,
  };
}

function unmappedTypes(readings: readonly string[]): string[] {
  const types = readings
    .map((text) => JSON.parse(text) as Reading)
    .filter(isUnmapped)
    .map(({ type }) => type);
  return [...new Set(types)].sort();
}
