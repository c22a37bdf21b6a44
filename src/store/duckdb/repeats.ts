/** Finds and drops rows of a part whose event the feed had delivered in an earlier part. */
import { VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";
import { type Dropped, dropRows, type PartBatches } from "./drop-rows.ts";
import type { IdentitySet } from "./identity-set.ts";

/** What was dropped. */
export interface Repeats {
  /** How many rows, by event day and facet. */
  readonly rows: Dropped;
  /**
   * Whether a repeat stands under another facet than the row that is stored, because it was located or marked otherwise: then
   * its presence must not count, and the part's presences are to be reloaded. Else they are in the store already.
   */
  readonly moved: boolean;
}

/** What is looked at: the part's rows, by the store's numbers. */
export interface PartRows extends PartBatches {
  readonly feed: number;
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
    // The few of the same key first: else every row of those days is asked for its feed.
    `CREATE OR REPLACE TEMP TABLE repeated AS
       WITH same AS MATERIALIZED (SELECT identity, facet, batch FROM observation
         WHERE seen_at >= epoch_ms($1::BIGINT)::TIMESTAMP_MS AND seen_at < epoch_ms($2::BIGINT)::TIMESTAMP_MS
           AND batch < $3 AND identity IN (SELECT identity FROM fresh_identity))
       SELECT DISTINCT identity, facet FROM same WHERE batch IN (SELECT id FROM batch WHERE feed = $4)`,
    [BigInt(firstDay) * 86_400_000n, BigInt(lastDay + 1) * 86_400_000n, part.firstBatch, part.feed],
  );
  await session.run("DROP TABLE fresh_identity");
  const { rows, moved } = await deleteRepeated(session, part);
  await session.run("DROP TABLE repeated");
  if (rows.length === 0) return undefined;
  return { rows, moved };
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
): Promise<{ rows: Dropped; moved: boolean }> {
  const moved = await session.rows(
    `SELECT 1 FROM observation o JOIN repeated r ON r.identity = o.identity
     WHERE o.batch >= ${part.firstBatch} AND o.facet <> r.facet LIMIT 1`,
  );
  const which = "identity IN (SELECT identity FROM repeated)";
  const rows = await dropRows(session, part, which, "duplicate");
  return { rows, moved: moved.length > 0 };
}
