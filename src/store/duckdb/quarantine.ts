import type { QuarantinedRow } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import type { Session } from "./database.ts";
import { CUT, inflate } from "./quarantine-appender.ts";

/** Refused rows that wait, by feed, path and reason. */
export async function summarise(
  session: Session,
): Promise<{ feed: string; path: string; reason: string; rows: number }[]> {
  const rows = await session.rows<{ feed: string; path: string; reason: string; rows: bigint }>(
    `SELECT f.name AS feed, b.path, r.reason, count(*) AS rows FROM refused r
       JOIN batch b ON b.id = r.batch JOIN feed f ON f.id = b.feed
       ANTI JOIN retaken t ON t.batch = r.batch AND t.line = r.line AND t.ordinal = r.ordinal
     GROUP BY ALL ORDER BY rows DESC, path, reason`,
  );
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
}

/** Refused rows, oldest first. */
export async function findRefused(
  session: Session,
  filter: { reason?: string; path?: string; id?: string; limit?: number },
): Promise<QuarantinedRow[]> {
  const place = filter.id === undefined ? [null, null, null] : placeOf(filter.id);
  if (!place) return [];
  const rows = await session.rows<
    Omit<QuarantinedRow, "line" | "reading" | "whole"> & { line: bigint; reading: string }
  >(
    `SELECT r.batch || '-' || r.line || '-' || r.ordinal AS id, f.name AS feed, b.path, r.line, r.reason, r.raw,
            r.nth, r.apart, b.reading,
            strftime(b.stored_at, '%Y-%m-%dT%H:%M:%SZ') AS "refusedAt",
            strftime(t.taken_at, '%Y-%m-%dT%H:%M:%SZ') AS "takenAt"
       FROM refused r JOIN batch b ON b.id = r.batch JOIN feed f ON f.id = b.feed
       LEFT JOIN retaken t ON t.batch = r.batch AND t.line = r.line AND t.ordinal = r.ordinal
     WHERE ($1 IS NULL OR r.reason = $1) AND ($2 IS NULL OR b.path = $2)
       AND ($3 IS NULL OR r.batch = $3) AND ($4 IS NULL OR r.line = $4) AND ($5 IS NULL OR r.ordinal = $5)
     ORDER BY r.batch, r.line, r.ordinal LIMIT $6`,
    [filter.reason ?? null, filter.path ?? null, ...place, filter.limit ?? 1_000_000],
  );
  return rows.map((row) => ({
    ...row,
    line: Number(row.line),
    whole: row.apart !== CUT,
    reading: JSON.parse(row.reading) as QuarantinedRow["reading"],
  }));
}

/** Batch, line and ordinal of an id; `undefined` if it is none. */
function placeOf(id: string): readonly (number | null)[] | undefined {
  const [, batch, line, ordinal] = /^(\d{1,9})-(\d{1,15})(?:-(\d{1,9}))?$/.exec(id) ?? [];
  if (batch === undefined || line === undefined) return undefined;
  return [Number(batch), Number(line), ordinal === undefined ? null : Number(ordinal)];
}

/** What is to be read to try a row again. */
export async function bytesOf(
  session: Session,
  { id, apart }: Pick<QuarantinedRow, "id" | "apart">,
): Promise<Uint8Array> {
  const [row] = await session.rows<{ bytes: Uint8Array }>(
    "SELECT bytes FROM refused_bytes WHERE batch = $1 AND id = $2",
    [placeOf(id)?.[0] ?? 0, apart],
  );
  if (!row) throw new Fault("usage", `the quarantine keeps no bytes of ${id}`);
  return inflate(row.bytes);
}

/** Rows that are marked in one statement. */
const IDS_AT_ONCE = 500;

/** Marks rows that a later try took. */
export async function markTaken(
  session: Session,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const takenAt = now.toISOString();
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = ids.slice(from, from + IDS_AT_ONCE);
    const rows = some.map(
      (_, at) => `($${4 * at + 1}, $${4 * at + 2}, $${4 * at + 3}::TIMESTAMP_MS, $${4 * at + 4})`,
    );
    const values = some.flatMap((id) => {
      const [batch, line, ordinal] = placeOf(id) as readonly [number, number, number];
      return [batch, line, takenAt, ordinal];
    });
    await session.run(`INSERT INTO retaken VALUES ${rows.join(",")}`, values);
  }
}
