import { RAW_LIMIT, utf8Bytes } from "../core/observation/index.ts";
import type { ObservationStore, ParsePool, QuarantinedRow, Reading } from "./ports.ts";

/** What a retry works with. */
export interface RetryTools {
  readonly store: ObservationStore;
  readonly pool: ParsePool;
  readonly locationTable: { readonly name: string; readonly date: string };
  /** Whether today's configuration still has the format. */
  canRead(reading: Reading): boolean;
}

/** A row with more bytes than this may have been cut off: the last character of a cut row may have lost three. */
const WHOLE_ROW = RAW_LIMIT - 4;

/** Whether the quarantine has the row as it came: not cut off, and without U+FFFD, which stands for bytes that were no text. */
function isWhole(raw: string, bytes: Uint8Array): boolean {
  return bytes.length <= WHOLE_ROW && !raw.includes("\ufffd");
}

/**
 * Reads quarantined rows again with today's mappings. A row that is taken now is stored under its own file and line, and
 * marked in the quarantine; the others wait on. A row that was cut off when it was refused, or had bytes that
 * are no text, cannot be taken: it would be another row.
 */
export async function retryQuarantine(
  tools: RetryTools,
  filter: { reason?: string; path?: string },
): Promise<{ tried: number; taken: number }> {
  const waiting = (await tools.store.quarantine.rows(filter)).filter((row) => row.takenAt === null);
  const files = new Map<string, QuarantinedRow[]>();
  for (const row of waiting) {
    const key = `${row.feed}\n${row.path}`;
    files.set(key, [...(files.get(key) ?? []), row]);
  }
  let taken = 0;
  for (const rows of files.values()) taken += await retryFile(tools, rows);
  return { tried: waiting.length, taken };
}

async function retryFile(tools: RetryTools, rows: readonly QuarantinedRow[]): Promise<number> {
  const { feed, path, reading } = rows[0]!;
  const writer = await tools.store.beginPart(feed);
  const taken: string[] = [];
  try {
    for (const row of rows) {
      const bytes = utf8Bytes(`${row.raw}\n`);
      if (!isWhole(row.raw, bytes) || !tools.canRead(row.reading)) continue;
      const columns = await tools.pool.parse(row.reading, new Uint8Array(bytes));
      if (columns.rows !== 1 || columns.refusals.count > 0) continue;
      columns.line[0] = row.line;
      await writer.append(columns);
      taken.push(row.id);
    }
    writer.endBatch({
      feed,
      path,
      sha256: "",
      fileSize: 0,
      part: 0,
      last: true,
      toByte: 0,
      toLine: 0,
      reading,
      locationTable: tools.locationTable,
    });
    if (taken.length > 0) await writer.commit();
    else await writer.rollback();
  } catch (error) {
    // A store that failed may refuse this too; what is to be told is why it failed.
    await writer.rollback().catch(() => error);
    throw error;
  }
  await tools.store.quarantine.markTaken(taken);
  return taken.length;
}
