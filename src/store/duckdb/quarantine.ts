import type { QuarantinedRow } from "../../app/ports.ts";
import type { Refusals } from "../../core/observation/index.ts";
import { VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";

/** Keeps the refused rows of a block, with their reasons, in the part's transaction. */
export function appendRefusals(session: Session, batch: number, refusals: Refusals): void {
  if (refusals.count === 0) return;
  const appender = session.appender("refused");
  appender.words(0).fill(batch);
  for (let from = 0; from < refusals.count; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, refusals.count - from);
    for (let i = 0; i < rows; i++) {
      appender.words(1)[2 * i] = refusals.lines[from + i]!;
      appender.words(1)[2 * i + 1] = 0;
      appender.texts(2)[i] = refusals.reasons[from + i]!;
      appender.texts(3)[i] = refusals.raw[from + i]!.replaceAll("\0", "\ufffd");
    }
    appender.flush(rows);
  }
  appender.close();
}

/** Refused rows that wait, by feed, path and reason. */
export async function summarise(
  session: Session,
): Promise<{ feed: string; path: string; reason: string; rows: number }[]> {
  const rows = await session.rows<{ feed: string; path: string; reason: string; rows: bigint }>(
    `SELECT f.name AS feed, b.path, r.reason, count(*) AS rows FROM refused r
       JOIN batch b ON b.id = r.batch JOIN feed f ON f.id = b.feed
       ANTI JOIN retaken t ON t.batch = r.batch AND t.line = r.line
     GROUP BY ALL ORDER BY rows DESC, path, reason`,
  );
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
}

/** Refused rows, oldest first. */
export async function findRefused(
  session: Session,
  filter: { reason?: string; path?: string; id?: string; limit?: number },
): Promise<QuarantinedRow[]> {
  const rows = await session.rows<
    Omit<QuarantinedRow, "line" | "reading"> & { line: bigint; reading: string }
  >(
    `SELECT r.batch || '-' || r.line AS id, f.name AS feed, b.path, r.line, r.reason, r.raw, b.reading,
            strftime(b.stored_at, '%Y-%m-%dT%H:%M:%SZ') AS "refusedAt",
            strftime(t.taken_at, '%Y-%m-%dT%H:%M:%SZ') AS "takenAt"
       FROM refused r JOIN batch b ON b.id = r.batch JOIN feed f ON f.id = b.feed
       LEFT JOIN retaken t ON t.batch = r.batch AND t.line = r.line
     WHERE ($1 IS NULL OR r.reason = $1) AND ($2 IS NULL OR b.path = $2)
       AND ($3 IS NULL OR r.batch || '-' || r.line = $3)
     ORDER BY r.batch, r.line LIMIT $4`,
    [filter.reason ?? null, filter.path ?? null, filter.id ?? null, filter.limit ?? 1_000_000],
  );
  return rows.map((row) => ({
    ...row,
    line: Number(row.line),
    reading: JSON.parse(row.reading) as QuarantinedRow["reading"],
  }));
}

/** Marks rows that a later try took. */
export async function markTaken(
  session: Session,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  for (const id of ids) {
    const [batch, line] = id.split("-").map(Number) as [number, number];
    await session.run("INSERT INTO retaken VALUES ($1, $2, $3::TIMESTAMP_MS)", [
      batch,
      line,
      now.toISOString(),
    ]);
  }
}
