import { Fault } from "../core/fault.ts";
import type { ObservationColumns } from "../core/observation/index.ts";
import { tooManyColumns } from "./describe-head.ts";
import { addCounts, IngestLedger, type OpenSummary } from "./ingest-ledger.ts";
import type { GiveWay, IngestProgress, IngestSummary } from "./ingest-report.ts";
import {
  type Block,
  type InputFile,
  type JournalEntry,
  type ObservationStore,
  type ParsePool,
  type PartWriter,
  QUARANTINE_LIMIT,
  type Reading,
  type Sample,
} from "./ports.ts";

/** What ingest works with. */
export interface IngestTools {
  /** Absent: a dry run, which reads and counts but stores nothing. */
  readonly store?: ObservationStore;
  readonly pool: ParsePool;
  readonly locationTable: { readonly name: string; readonly date: string };
  /** How a file is to be read; `undefined` if no format takes it. `feed` is the name that the operator gave, if any. */
  recognise(sample: Sample, feed: string | undefined): Reading | undefined;
  /** Milliseconds of a clock that only goes forward. */
  clock(): number;
}

/** What to ingest. */
export interface IngestJob {
  readonly files: readonly InputFile[];
  /** Overrides the feed's name, which else is format and type. */
  readonly feed?: string;
  /** Turns to aborted when the run is to stop after the rows that it has. */
  readonly signal: { readonly aborted: boolean };
  /** What may go first: the rows so far are committed, and the run goes on where it was. Absent: nothing. */
  readonly giveWay?: GiveWay;
  onProgress(progress: IngestProgress): void;
}

/**
 * Feeds files into the store. Files of one feed share transactions; a file that is too large for one is stored in parts, each
 * with its place in the file, so that the next run goes on there. A fault of one file is told in its summary and the next
 * file goes on; a fault of the store ends the run, with everything committed before it safe.
 */
export async function ingest(tools: IngestTools, job: IngestJob): Promise<IngestSummary> {
  const started = tools.clock();
  const ledger = new IngestLedger(job.files);
  const run = new IngestRun(tools, job, ledger);
  try {
    for (const file of job.files) {
      if (job.signal.aborted) break;
      await run.take(file);
      await run.giveWay();
    }
    await run.commit();
  } catch (error) {
    // A store that failed may refuse this too; what is to be told is why it failed.
    await run.rollback().catch(() => error);
    throw error;
  }
  return {
    ...ledger.totals(),
    seconds: (tools.clock() - started) / 1000,
    dryRun: tools.store === undefined,
    interrupted: job.signal.aborted,
  };
}

class IngestRun {
  readonly #tools: IngestTools;
  readonly #job: IngestJob;
  readonly #ledger: IngestLedger;
  /** By feed: the sizes of files that the journal had when the run began. */
  readonly #sizes = new Map<string, ReadonlySet<number>>();
  /** Files that this run has read to their end: the journal may not have them yet. */
  readonly #ended: { feed: string; fileSize: number; sha256: string }[] = [];
  #writer: PartWriter | undefined;
  #writerFeed = "";
  /** Whose batches the open part holds, in order: outcomes are added to their summaries. */
  #pending: OpenSummary[] = [];

  constructor(tools: IngestTools, job: IngestJob, ledger: IngestLedger) {
    this.#tools = tools;
    this.#job = job;
    this.#ledger = ledger;
  }

  async take(file: InputFile): Promise<void> {
    const summary = this.#ledger.open(file.path);
    try {
      await this.#read(file, summary);
    } catch (error) {
      if (!(error instanceof Fault) || !isInputFault(error)) throw error;
      summary.outcome = "failed";
      summary.problem = error.message;
    }
    this.#ledger.close(file);
  }

  async #read(file: InputFile, summary: OpenSummary): Promise<void> {
    const sample = await file.sample();
    if (sample.head.length === 0) {
      summary.outcome = "empty";
      return;
    }
    const reading = this.#tools.recognise(sample, this.#job.feed);
    if (!reading) throw new Fault("format-unknown", unknownFormat(file.path, sample));
    summary.format = reading.format;
    summary.type = reading.type;
    summary.notes = reading.notes;
    summary.feed = this.#job.feed ?? defaultFeed(reading);
    const from = await this.#whereToBegin(file, summary, reading);
    if (from) await this.#readBlocks(file, summary, reading, from);
  }

  /** The place where the file is to be read from; `undefined` if the journal, or this run, has all of it. */
  async #whereToBegin(
    file: InputFile,
    summary: OpenSummary,
    reading: Reading,
  ): Promise<{ byte: number; line: number; part: number } | undefined> {
    const start = { byte: reading.skip.bytes, line: reading.skip.lines, part: 0 };
    const entries = await this.#entriesFor(summary.feed, file.size);
    const ended = this.#ended.filter(
      ({ feed, fileSize }) => feed === summary.feed && fileSize === file.size,
    );
    const whole = new Set([...entries.filter((entry) => entry.last), ...ended].map(hashOf));
    if (whole.size > 0 && whole.has((await file.hash()) ?? "")) {
      summary.outcome = "known";
      return undefined;
    }
    const furthest = await this.#furthestPart(file, entries);
    if (!furthest) return start;
    summary.outcome = "resumed";
    return { byte: furthest.toByte, line: furthest.toLine, part: furthest.part + 1 };
  }

  async #entriesFor(feed: string, size: number): Promise<JournalEntry[]> {
    const { store } = this.#tools;
    if (!store) return [];
    let sizes = this.#sizes.get(feed);
    if (!sizes) this.#sizes.set(feed, (sizes = await store.sizesOf(feed)));
    return sizes.has(size) ? store.entriesOfSize(feed, size) : [];
  }

  async #furthestPart(
    file: InputFile,
    entries: readonly JournalEntry[],
  ): Promise<JournalEntry | undefined> {
    const parts = entries.filter((entry) => !entry.last).sort((a, b) => b.toByte - a.toByte);
    for (const part of parts) if ((await file.hash(part.toByte)) === part.sha256) return part;
    return undefined;
  }

  /** Reads blocks on several threads and stores them in their order. */
  async #readBlocks(
    file: InputFile,
    summary: OpenSummary,
    reading: Reading,
    from: { byte: number; line: number; part: number },
  ): Promise<void> {
    const place = { ...from };
    const underWay: { block: Block; columns: Promise<ObservationColumns> }[] = [];
    let last: Block | undefined;
    const storeNext = async (): Promise<void> => {
      const { block, columns } = underWay.shift()!;
      await this.#storeBlock(file, summary, reading, place, block, await columns);
      last = block;
    };
    let failure: Fault | undefined;
    try {
      for await (const block of file.blocks(from.byte, reading.whole)) {
        const columns = this.#tools.pool.parse(reading, block.bytes);
        columns.catch(() => undefined);
        underWay.push({ block, columns });
        if (underWay.length >= this.#tools.pool.width) await storeNext();
        if (this.#job.signal.aborted) break;
      }
    } catch (error) {
      if (!(error instanceof Fault) || !isInputFault(error)) throw error;
      failure = error;
    }
    while (underWay.length > 0) await storeNext();
    const whole = failure === undefined && !this.#job.signal.aborted;
    await this.#endBatch(file, summary, reading, place, last, whole);
    if (failure) throw failure;
  }

  async #storeBlock(
    file: InputFile,
    summary: OpenSummary,
    reading: Reading,
    place: { byte: number; line: number; part: number },
    block: Block,
    columns: ObservationColumns,
  ): Promise<void> {
    shiftLines(columns, place.line);
    place.line += columns.lines;
    this.#ledger.noteBlock(file.path, columns);
    if (this.#tools.store) {
      const writer = await this.#writerFor(summary.feed);
      await writer.append(columns);
      if (writer.fullness >= 1 || this.#job.giveWay?.wanted) {
        await this.#endBatch(file, summary, reading, place, block, false);
        await this.commit();
        place.part++;
        await this.giveWay();
      }
    } else {
      addCounts(summary, {
        rows: rowsIn(columns),
        kept: columns.rows,
        duplicate: 0,
        refused: columns.refusals.count,
        skipped: columns.skips.count,
      });
    }
    place.byte = block.toByte;
    this.#tools.pool.release(columns);
    this.#job.onProgress(this.#ledger.progress(file));
  }

  async #endBatch(
    file: InputFile,
    summary: OpenSummary,
    reading: Reading,
    place: { line: number; part: number },
    block: Block | undefined,
    last: boolean,
  ): Promise<void> {
    if (!this.#tools.store || (!last && !block)) return;
    const writer = await this.#writerFor(summary.feed);
    const record = {
      feed: summary.feed,
      path: file.path,
      sha256: block?.sha256() ?? (await file.hash()) ?? "",
      fileSize: file.size,
      part: place.part,
      last,
      toByte: block?.toByte ?? reading.skip.bytes,
      toLine: place.line,
      reading,
      locationTable: this.#tools.locationTable,
    };
    writer.endBatch(record);
    if (last) this.#ended.push(record);
    this.#pending.push(summary);
  }

  async #writerFor(feed: string): Promise<PartWriter> {
    if (this.#writerFeed !== feed) await this.commit();
    this.#writerFeed = feed;
    return (this.#writer ??= await this.#tools.store!.beginPart(feed));
  }

  /** Commits the open part. */
  async commit(): Promise<void> {
    const writer = this.#writer;
    if (!writer) return;
    const outcomes = await writer.commit();
    this.#writer = undefined;
    outcomes.forEach((outcome, i) => {
      const summary = this.#pending[i]!;
      addCounts(summary, outcome);
      if (outcome.unkept > 0) summary.notes = [...summary.notes, unkeptNote(outcome.unkept)];
    });
    this.#pending = [];
  }

  /** Lets what is more urgent go first, if there is something. */
  async giveWay(): Promise<void> {
    const { giveWay } = this.#job;
    if (!giveWay?.wanted) return;
    await this.commit();
    await giveWay.pass();
  }

  /** Forgets the open part. */
  async rollback(): Promise<void> {
    await this.#writer?.rollback();
    this.#writer = undefined;
  }
}

function unkeptNote(unkept: number): string {
  return `${unkept} refused rows are counted only: the quarantine keeps ${QUARANTINE_LIMIT} of a batch`;
}

function hashOf({ sha256 }: { readonly sha256: string }): string {
  return sha256;
}

/** A block counts its lines from 1; the file's count goes on from the block before. */
export function shiftLines(columns: ObservationColumns, before: number): void {
  for (let row = 0; row < columns.rows; row++) columns.line[row]! += before;
  for (let i = 0; i < columns.refusals.count; i++) columns.refusals.lines[i]! += before;
  for (let i = 0; i < columns.skips.count; i++) columns.skips.lines[i]! += before;
}

/** How many rows a block has: taken, refused, or skipped. */
export function rowsIn({ rows, refusals, skips }: ObservationColumns): number {
  return rows + refusals.count + skips.count;
}

/** The feed of a file that the operator gave no name: `threatfox`, `shadowserver.event4_sinkhole`. */
export function defaultFeed(reading: Reading): string {
  return reading.type === reading.format ? reading.format : `${reading.format}.${reading.type}`;
}

function isInputFault(fault: Fault): boolean {
  return fault.code === "format-unknown" || fault.code.startsWith("input-");
}

function unknownFormat(path: string, { head }: Sample): string {
  if (isUtf16(head))
    return `${path}: this is UTF-16 text, and only UTF-8 is read; convert it with "iconv -f UTF-16 -t UTF-8" first`;
  const wide = tooManyColumns(head);
  if (wide !== undefined) return `${path}: no format takes this file. ${wide}`;
  return (
    `${path}: no format takes this file; see "tocsin feeds formats", name one with --format, ` +
    "or map its columns under csvMappings in tocsin.yaml"
  );
}

/** By its byte order mark, or by the zero byte that is half of each ASCII letter. */
function isUtf16([first, second, third, fourth]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0 && third === 0 && !!second) || (second === 0 && fourth === 0 && !!first);
}
