/** Sums up the cells: each batch appends changes, and the sum of many is shorter. */
import { rollBack, type Session } from "./database.ts";

/** Compaction waits until this many cells have been appended since the last, or as many as it left, whichever is more. */
const AT_LEAST = 300_000;

/** Compacts the cells if that is worth it. */
export async function compactCells(session: Session): Promise<void> {
  const [state] = await session.rows<{ cells: bigint; compacted: string | null }>(
    `SELECT (SELECT count(*) FROM cell) AS cells, (SELECT max(value) FROM meta WHERE name = 'compacted cells') AS compacted`,
  );
  const compacted = Number(state!.compacted ?? 0);
  if (Number(state!.cells) - compacted < Math.max(AT_LEAST, compacted)) return;
  await session.run("BEGIN");
  try {
    await replaceCells(session);
    await session.run("COMMIT");
  } catch (error) {
    await rollBack(session, error);
    throw error;
  }
}

async function replaceCells(session: Session): Promise<void> {
  await session.run(
    `CREATE TABLE compacted_cell AS SELECT view, dimension, day, prev, sum(n)::INTEGER AS n FROM cell
       GROUP BY view, dimension, day, prev HAVING sum(n) <> 0 ORDER BY view, dimension, day, prev`,
  );
  await session.run("DROP TABLE cell");
  await session.run("ALTER TABLE compacted_cell RENAME TO cell");
  await session.run("DELETE FROM meta WHERE name = 'compacted cells'");
  await session.run("INSERT INTO meta SELECT 'compacted cells', count(*)::VARCHAR FROM cell");
}
