import { Fault } from "../core/fault.ts";
import { shiftLines } from "./ingest.ts";
import type {
  InputFile,
  JournalEntry,
  ObservationStore,
  ParsePool,
  PartOutcome,
  PartWriter,
  Reading,
  RowCounts,
  Sample,
} from "./ports.ts";

/** What rereading works with. */
export interface RereadTools {
  readonly store: ObservationStore;
  readonly pool: ParsePool;
  readonly locationTable: { readonly name: string; readonly date: string };
  /** The files that may be the one of this entry; it is the one with its hash that is taken. */
  candidates(entry: JournalEntry): Promise<readonly InputFile[]>;
  /** How the file is to be read today; `undefined` if no format takes it. */
  recognise(sample: Sample, entry: JournalEntry): Reading | undefined;
  readonly signal: { readonly aborted: boolean };
}

/** Which batches. */
export interface RereadQuestion {
  /** Numbers of the journal: of a file that was stored in parts, any of its parts stands for all. */
  readonly ids?: readonly number[];
  readonly feed?: string;
}

/** What became of one file. */
export interface RereadFile {
  readonly path: string;
  readonly feed: string;
  /** The batches that had it, and the one that has it now; `null` if nothing was changed. */
  readonly replaced: readonly number[];
  readonly batch: number | null;
  readonly before: RowCounts;
  readonly after: RowCounts | null;
  /** The mapping that read it before, and now. */
  readonly mappings: readonly [before: string, after: string | null];
  /** Why nothing was changed, for people. */
  readonly problem?: string;
}

/** What became of all. */
export interface RereadSummary {
  readonly files: readonly RereadFile[];
  /**
   * Batches of the same feeds, not read again, that had dropped rows as repeats: if they repeated an event of a file that reads
   * otherwise now, only reading them again brings it back.
   */
  readonly mayMiss: readonly number[];
}

const ALL = 1_000_000_000;

/**
 * Reads stored files again with today's mappings, from the same bytes: what was read of a file before is withdrawn, and what is
 * read now stored, in one transaction a file. A file that is not to be found, is another one, or cannot be read, stays as it was.
 */
export async function rereadBatches(
  tools: RereadTools,
  question: RereadQuestion,
): Promise<RereadSummary> {
  const entries = (await tools.store.journal(ALL, question.feed)).reverse();
  const groups = filesOf(entries);
  const wanted = groups.filter(
    (parts) =>
      question.ids === undefined || parts.some(({ batch }) => question.ids!.includes(batch)),
  );
  for (const id of question.ids ?? [])
    if (!wanted.some((parts) => parts.some(({ batch }) => batch === id)))
      throw new Fault("batch-unknown", `the journal has no batch ${id} of a file`);
  const files: RereadFile[] = [];
  for (const parts of wanted) {
    if (tools.signal.aborted) break;
    files.push(await rereadFile(tools, parts, takenLater(entries, groups, parts)));
  }
  const done = new Set(files.flatMap(({ replaced, batch }) => (batch === null ? [] : replaced)));
  const feeds = new Set(files.filter(({ batch }) => batch !== null).map(({ feed }) => feed));
  const mayMiss = entries.filter(
    (of) => feeds.has(of.feed) && of.duplicate > 0 && !done.has(of.batch),
  );
  return { files, mayMiss: mayMiss.map(({ batch }) => batch) };
}

/** The entries of each file: its parts follow each other, and the last one says so. */
function filesOf(entries: readonly JournalEntry[]): JournalEntry[][] {
  const files: JournalEntry[][] = [];
  const open = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    if (entry.sha256 === "") continue;
    const key = JSON.stringify([entry.feed, entry.path, entry.fileSize]);
    let parts = entry.part === 0 ? undefined : open.get(key);
    if (!parts) files.push((parts = []));
    parts.push(entry);
    if (entry.last) open.delete(key);
    else open.set(key, parts);
  }
  return files;
}

/** Batches of rows that the quarantine gave back, where only this file can be the one that they are of. */
function takenLater(
  entries: readonly JournalEntry[],
  files: readonly (readonly JournalEntry[])[],
  parts: readonly JournalEntry[],
): JournalEntry[] {
  const { feed, path } = parts[0]!;
  const alike = files.filter(([first]) => first!.feed === feed && first!.path === path);
  if (alike.length > 1) return [];
  return entries.filter((of) => of.sha256 === "" && of.feed === feed && of.path === path);
}

async function rereadFile(
  tools: RereadTools,
  parts: readonly JournalEntry[],
  later: readonly JournalEntry[],
): Promise<RereadFile> {
  const last = parts.at(-1)!;
  const replaced = [...parts, ...later];
  const told = {
    path: last.path,
    feed: last.feed,
    replaced: replaced.map(({ batch }) => batch),
    before: sumOf(replaced),
  };
  const before = last.reading.mapping;
  try {
    const file = await findFile(tools, last);
    const sample = { ...(await file.sample()), takenAt: parts[0]!.storedAt };
    const reading = tools.recognise(sample, last);
    if (!reading) throw new Fault("format-unknown", `${last.path}: no format takes it today`);
    const {
      batch,
      skips: _,
      unkept: __,
      ...after
    } = await replace(tools, file, reading, last, told.replaced);
    return { ...told, batch, after, mappings: [before, reading.mapping] };
  } catch (error) {
    if (!(error instanceof Fault) || !isOfFile(error)) throw error;
    return {
      ...told,
      batch: null,
      after: null,
      mappings: [before, null],
      problem: error.message,
    };
  }
}

function isOfFile({ code }: Fault): boolean {
  return code === "format-unknown" || code === "interrupted" || code.startsWith("input-");
}

async function findFile(tools: RereadTools, last: JournalEntry): Promise<InputFile> {
  if (!last.last)
    throw new Fault(
      "input-truncated",
      `${last.path} was not stored to its end; ingest it again first`,
    );
  const candidates = await tools.candidates(last);
  for (const file of candidates) if ((await file.hash()) === last.sha256) return file;
  throw new Fault(
    "input-unreadable",
    candidates.length === 0
      ? `${last.path} is not there any more; name a folder that has it with --from`
      : `${last.path} is another file now; name a folder that has the one that was stored with --from`,
  );
}

async function replace(
  tools: RereadTools,
  file: InputFile,
  reading: Reading,
  { feed, path, sha256, fileSize }: JournalEntry,
  replaced: readonly number[],
): Promise<PartOutcome> {
  const writer = await tools.store.beginPart(feed, replaced);
  try {
    const place = await appendAll(tools, writer, file, reading);
    const { locationTable } = tools;
    const whole = { part: 0, last: true, ...place };
    writer.endBatch({ feed, path, sha256, fileSize, reading, locationTable, ...whole });
    const [outcome] = await writer.commit();
    return outcome!;
  } catch (error) {
    // A store that failed may refuse this too; what is to be told is why it failed.
    await writer.rollback().catch(() => error);
    throw error;
  }
}

async function appendAll(
  { pool, signal }: RereadTools,
  writer: PartWriter,
  file: InputFile,
  reading: Reading,
): Promise<{ toByte: number; toLine: number }> {
  let { bytes: toByte, lines: toLine } = reading.skip;
  for await (const block of file.blocks(toByte, reading.whole)) {
    if (signal.aborted) throw new Fault("interrupted", `${file.path} stays as it was`);
    toByte = block.toByte;
    const columns = await pool.parse(reading, block.bytes);
    shiftLines(columns, toLine);
    toLine += columns.lines;
    await writer.append(columns);
    pool.release(columns);
  }
  return { toByte, toLine };
}

function sumOf(entries: readonly JournalEntry[]): RowCounts {
  const sum = (field: keyof RowCounts): number => entries.reduce((n, entry) => n + entry[field], 0);
  return {
    rows: sum("rows"),
    kept: sum("kept"),
    duplicate: sum("duplicate"),
    refused: sum("refused"),
    skipped: sum("skipped"),
  };
}
