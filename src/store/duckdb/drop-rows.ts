/** Takes rows of the part that is open out again, before it commits. */
import type { Side } from "../../core/measure/index.ts";
import type { Session } from "./database.ts";
import type { OpenBatch } from "./open-batch.ts";
import type { PresenceBuffer } from "./presence-buffer.ts";
import { eachPresence } from "./roll-ups.ts";

/** The rows of a part, by the store's numbers. */
export interface PartBatches {
  readonly firstBatch: number;
  readonly batches: readonly OpenBatch[];
}

/** How many rows were taken out, by event day and facet. */
export type Dropped = readonly { day: number; facet: number; rows: number }[];

const DAY = "(epoch_ms(seen_at) // 86400000)::USMALLINT";

/**
 * Takes the part's rows for which the condition on `observation` holds out of its tables, and corrects the days of its batches,
 * and their counts: the rows are counted as duplicate or refused.
 */
export async function dropRows(
  session: Session,
  part: PartBatches,
  condition: string,
  as: "duplicate" | "refused",
): Promise<Dropped> {
  const where = `batch >= ${part.firstBatch} AND ${condition}`;
  const rows = await session.rows<{ batch: number; day: number; facet: number; n: bigint }>(
    `SELECT batch, ${DAY} AS day, facet, count(*) AS n FROM observation WHERE ${where} GROUP BY ALL`,
  );
  if (rows.length === 0) return [];
  await session.run(
    `DELETE FROM observation_detail WHERE batch >= ${part.firstBatch} AND (batch, line, identity) IN
       (SELECT (batch, line, identity) FROM observation WHERE ${where})`,
  );
  await session.run(`DELETE FROM observation WHERE ${where}`);
  for (const { batch, n } of rows) {
    const of = part.batches[batch - part.firstBatch]!;
    of.kept -= Number(n);
    of[as] += Number(n);
  }
  await correctDays(session, part);
  return rows.map(({ day, facet, n }) => ({ day, facet, rows: Number(n) }));
}

/** First and last day of each batch, of the rows that stayed. */
async function correctDays(session: Session, part: PartBatches): Promise<void> {
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
export async function reloadPresences(
  session: Session,
  { firstBatch }: PartBatches,
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
    `SELECT DISTINCT key, facet, day FROM (${rows}) WHERE batch >= ${firstBatch} AND key <> 0`,
    (keyLo, keyHi, facet, day) => {
      if (takes(facet)) into.add(keyLo, keyHi, day, facet);
    },
  );
}
