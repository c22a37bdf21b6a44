import { Fault } from "../core/fault.ts";
import {
  ALL_OF_ELEMENT,
  keepRows,
  type ObservationColumns,
  utf8Bytes,
} from "../core/observation/index.ts";
import type { ObservationStore, ParsePool, QuarantinedRow, Reading } from "./ports.ts";

/** What a retry works with. */
export interface RetryTools {
  readonly store: ObservationStore;
  readonly pool: ParsePool;
  readonly locationTable: { readonly name: string; readonly date: string };
  /** Whether today's configuration still has the format. */
  canRead(reading: Reading): boolean;
}

/** Which rows to try. */
export interface RetryQuestion {
  readonly reason?: string;
  readonly path?: string;
  /** Of rows, or of lines (`batch-line`): of these only. */
  readonly ids?: readonly string[];
}

/**
 * Reads quarantined rows again with today's mappings. A row that is taken now is stored under its own file and line, and
 * marked in the quarantine; the others wait on. A row of which bytes are missing cannot be taken: it would be another row.
 * Of an element that asserts several things, those are taken that were refused, and not again those that were kept.
 */
export async function retryQuarantine(
  tools: RetryTools,
  question: RetryQuestion,
): Promise<{ tried: number; taken: number }> {
  const waiting = (await findRows(tools.store, question)).filter((row) => row.takenAt === null);
  const files = new Map<string, QuarantinedRow[]>();
  for (const row of waiting) {
    const key = `${row.feed}\n${row.path}`;
    const rows = files.get(key);
    if (rows) rows.push(row);
    else files.set(key, [row]);
  }
  let taken = 0;
  for (const rows of files.values()) taken += await retryFile(tools, rows);
  return { tried: waiting.length, taken };
}

async function findRows(
  store: ObservationStore,
  { ids, ...filter }: RetryQuestion,
): Promise<QuarantinedRow[]> {
  if (ids === undefined) return store.quarantine.rows(filter);
  const found = new Map<string, QuarantinedRow>();
  for (const id of ids) {
    const rows = await store.quarantine.rows({ ...filter, id });
    if (rows.length === 0) throw new Fault("usage", `no refused row has the id ${id}`);
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()];
}

/** Rows of one element, which is read once for all of them. */
function elementsOf(rows: readonly QuarantinedRow[]): QuarantinedRow[][] {
  const elements: QuarantinedRow[][] = [];
  for (const row of rows) {
    const last = elements.at(-1);
    if (last && isSameElement(last[0]!, row)) last.push(row);
    else elements.push([row]);
  }
  return elements;
}

function isSameElement(a: QuarantinedRow, b: QuarantinedRow): boolean {
  const line = ({ id }: QuarantinedRow): string => id.slice(0, id.lastIndexOf("-"));
  return line(a) === line(b) && a.apart === b.apart && a.raw === b.raw;
}

/** Leaves in the columns what the rows of one element are; gives those of the rows that are taken. */
function chooseRows(
  columns: ObservationColumns,
  rows: readonly QuarantinedRow[],
): readonly QuarantinedRow[] {
  const refused = columns.refusals.nth.subarray(0, columns.refusals.count);
  const positions = new Set<number>();
  const taken = rows.filter(({ nth }) => {
    if (nth === ALL_OF_ELEMENT) {
      if (refused.length > 0 || columns.rows === 0) return false;
      for (let at = 0; at < columns.rows; at++) positions.add(at);
      return true;
    }
    const position = nth - refused.filter((other) => other < nth).length;
    if (refused.includes(nth) || position >= columns.rows) return false;
    positions.add(position);
    return true;
  });
  keepRows(
    columns,
    [...positions].sort((a, b) => a - b),
  );
  return taken;
}

async function retryFile(tools: RetryTools, rows: readonly QuarantinedRow[]): Promise<number> {
  const { feed, path, reading } = rows[0]!;
  const writer = await tools.store.beginPart(feed);
  const taken: string[] = [];
  try {
    for (const element of elementsOf(rows)) {
      const [row] = element as [QuarantinedRow];
      if (!row.whole || !tools.canRead(row.reading)) continue;
      const columns = await tools.pool.parse(row.reading, await blockOf(tools.store, row));
      const chosen = chooseRows(columns, element);
      if (chosen.length === 0) continue;
      columns.line.fill(row.line, 0, columns.rows);
      await writer.append(columns);
      taken.push(...chosen.map(({ id }) => id));
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

/** The bytes that are to be read again, as a line. */
async function blockOf(
  store: ObservationStore,
  row: QuarantinedRow,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = row.apart === 0 ? utf8Bytes(row.raw) : await store.quarantine.bytesOf(row);
  const block = new Uint8Array(bytes.length + 1);
  block.set(bytes);
  block[bytes.length] = 10;
  return block;
}
