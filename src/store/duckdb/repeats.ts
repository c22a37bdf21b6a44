/** Finds and drops rows of a part whose event the feed had delivered in an earlier part. */
import type { Side } from "../../core/measure/index.ts";
import { VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";
import type { IdentitySet } from "./identity-set.ts";
import type { OpenBatch } from "./open-batch.ts";
import type { PresenceBuffer } from "./presence-buffer.ts";
import { eachPresence } from "./roll-ups.ts";

/** What was dropped. */
export interface Repeats {
  /** How many rows, by event day and facet. */
  readonly rows: readonly { day: number; facet: number; rows: number }[];
  /**
   * Whether a repeat stands under another facet than the row that is stored, because it was located or marked otherwise: then
   * its presence must not count, and the part's presences are to be reloaded. Else they are in the store already.
   */
  readonly moved: boolean;
  /** Reads the presences of the rows that stayed. */
  reload(side: Side, into: PresenceBuffer, takes: (facet: number) => boolean): Promise<void>;
}

const DAY = "(epoch_ms(seen_at) // 86400000)::USMALLINT";

/** What is looked at: the part's rows, by the store's numbers. */
export interface PartRows {
  readonly feed: number;
  readonly firstBatch: number;
  readonly batches: readonly OpenBatch[];
  readonly identities: IdentitySet;
}

/** Drops the repeats from the part and corrects its batches; `undefined` if there are none. */
export async function dropRepeats(session: Session, part: PartRows): Promise<Repeats | undefined> {
  const kept = part.batches.filter((batch) => batch.kept > 0);
  if (kept.length === 0) return undefined;
  const firstDay = Math.min(...kept.map((batch) => batch.firstDay));
  const lastDay = Math.max(...kept.map((batch) => batch.lastDay));
  const overlapping = await session.rows(
    "SELECT 1 FROM batch WHERE feed = $1 AND kept > 0 AND first_day <= $2 AND last_day >= $3 LIMIT 1",
    [part.feed, lastDay, firstDay],
  );
  if (overlapping.length === 0) return undefined;
  await stageIdentities(session, part.identities);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE repeated AS
       SELECT DISTINCT o.identity, o.facet FROM observation o JOIN fresh_identity f ON o.identity = f.identity
       WHERE o.seen_at >= epoch_ms($1::BIGINT)::TIMESTAMP_MS AND o.seen_at < epoch_ms($2::BIGINT)::TIMESTAMP_MS AND o.batch < $3
         AND o.batch IN (SELECT id FROM batch WHERE feed = $4 AND first_day <= $5 AND last_day >= $6)`,
    [
      BigInt(firstDay) * 86_400_000n,
      BigInt(lastDay + 1) * 86_400_000n,
      part.firstBatch,
      part.feed,
      lastDay,
      firstDay,
    ],
  );
  await session.run("DROP TABLE fresh_identity");
  const { rows, moved } = await deleteRepeated(session, part);
  await session.run("DROP TABLE repeated");
  if (rows.length === 0) return undefined;
  return { rows, moved, reload: (side, into, takes) => reload(session, part, side, into, takes) };
}

async function stageIdentities(session: Session, identities: IdentitySet): Promise<void> {
  await session.run("CREATE OR REPLACE TEMP TABLE fresh_identity (identity UBIGINT)");
  const appender = session.appender("fresh_identity");
  const words = appender.words(0);
  let filled = 0;
  identities.each((lo, hi) => {
    words[2 * filled] = lo;
    words[2 * filled + 1] = hi;
    if (++filled < VECTOR_ROWS) return;
    appender.flush(filled);
    filled = 0;
  });
  appender.flush(filled);
  appender.close();
}

async function deleteRepeated(
  session: Session,
  part: PartRows,
): Promise<{ rows: { day: number; facet: number; rows: number }[]; moved: boolean }> {
  const where = `batch >= ${part.firstBatch} AND identity IN (SELECT identity FROM repeated)`;
  const rows = await session.rows<{ batch: number; day: number; facet: number; n: bigint }>(
    `SELECT batch, ${DAY} AS day, facet, count(*) AS n FROM observation WHERE ${where} GROUP BY ALL`,
  );
  if (rows.length === 0) return { rows: [], moved: false };
  const moved = await session.rows(
    `SELECT 1 FROM observation o JOIN repeated r ON r.identity = o.identity
     WHERE o.batch >= ${part.firstBatch} AND o.facet <> r.facet LIMIT 1`,
  );
  await session.run(
    `DELETE FROM observation_detail WHERE batch >= ${part.firstBatch} AND (batch, line, identity) IN
       (SELECT (batch, line, identity) FROM observation WHERE ${where})`,
  );
  await session.run(`DELETE FROM observation WHERE ${where}`);
  for (const { batch, n } of rows) {
    const of = part.batches[batch - part.firstBatch]!;
    of.kept -= Number(n);
    of.duplicate += Number(n);
  }
  await correctDays(session, part);
  return {
    rows: rows.map(({ day, facet, n }) => ({ day, facet, rows: Number(n) })),
    moved: moved.length > 0,
  };
}

/** First and last day of each batch, of the rows that stayed. */
async function correctDays(session: Session, part: PartRows): Promise<void> {
  const days = await session.rows<{ batch: number; first: number; last: number }>(
    `SELECT batch, min(${DAY}) AS first, max(${DAY}) AS last FROM observation
     WHERE batch >= ${part.firstBatch} GROUP BY batch`,
  );
  const byBatch = new Map(days.map((row) => [row.batch, row]));
  for (const batch of part.batches) {
    batch.firstDay = byBatch.get(batch.id)?.first ?? 0;
    batch.lastDay = byBatch.get(batch.id)?.last ?? 0;
  }
}

/** Reads the presences of the rows that stayed; `takes` says which facets count on this side. */
async function reload(
  session: Session,
  part: PartRows,
  side: Side,
  into: PresenceBuffer,
  takes: (facet: number) => boolean,
): Promise<void> {
  into.clear();
  const rows =
    side === "site"
      ? `SELECT d.victim_host AS key, o.facet, ${DAY} AS day, o.batch FROM observation o
           JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity`
      : `SELECT ${side} AS key, facet, ${DAY} AS day, batch FROM observation`;
  await eachPresence(
    session,
    `SELECT DISTINCT key, facet, day FROM (${rows}) WHERE batch >= ${part.firstBatch} AND key <> 0`,
    (keyLo, keyHi, facet, day) => {
      if (takes(facet)) into.add(keyLo, keyHi, day, facet);
    },
  );
}
