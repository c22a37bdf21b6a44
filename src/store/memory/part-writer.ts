import {
  type BatchRecord,
  type JournalEntry,
  type PartOutcome,
  type PartWriter,
  QUARANTINE_LIMIT,
  type QuarantinedRow,
} from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import type { FeedGap } from "../../core/measure/index.ts";
import {
  bytesToRetry,
  countSkips,
  isTextEnough,
  type ObservationColumns,
  rawText,
  type Refusals,
  type SkipCounts,
  sumSkips,
  timeText,
} from "../../core/observation/index.ts";
import { type Observation, observationsOf, type StoredObservation } from "./observation.ts";

const FULL_ROWS = 100_000;

/** What a store holds; the parts that a writer adds are added whole or not at all. */
export interface Holdings {
  readonly observations: StoredObservation[];
  readonly journal: JournalEntry[];
  readonly refused: QuarantinedRow[];
  /** By id: what is to be read to try a refused row again, where its text does not say all. */
  readonly bytes: Map<string, Uint8Array>;
  /** Identity keys that each feed has delivered. */
  readonly identities: Map<string, Set<string>>;
  /** The gaps of each feed. */
  readonly gaps: Map<string, readonly FeedGap[]>;
}

/** What the writer needs of its store. */
export interface WriterContext {
  readonly holdings: Holdings;
  readonly now: () => Date;
  /** Called when the part is committed or forgotten. */
  readonly ended: () => void;
}

interface Refusal {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
  readonly ordinal: number;
  readonly whole: boolean;
  readonly apart: number;
  readonly nth: number;
  readonly bytes?: Uint8Array;
}

interface Batch {
  refusedCount: number;
  readonly ofLine: Map<number, number>;
  readonly kept: Observation[];
  readonly refused: Refusal[];
  duplicate: number;
  skips: SkipCounts;
}

/** Collects a part beside the store, and adds it on commit. */
export class MemoryPartWriter implements PartWriter {
  readonly #feed: string;
  readonly #replaced: ReadonlySet<number>;
  readonly #context: WriterContext;
  readonly #known: ReadonlySet<string>;
  readonly #fresh = new Set<string>();
  readonly #ended: { batch: Batch; record: BatchRecord }[] = [];
  #open: Batch | undefined;

  constructor(feed: string, replaced: ReadonlySet<number>, context: WriterContext) {
    this.#feed = feed;
    this.#replaced = replaced;
    this.#context = context;
    const known = new Set(context.holdings.identities.get(feed));
    for (const { batch, record } of context.holdings.observations)
      if (replaced.has(batch.batch)) known.delete(record.identity);
    this.#known = known;
  }

  get fullness(): number {
    return this.#fresh.size / FULL_ROWS;
  }

  append(columns: ObservationColumns): Promise<void> {
    const batch = this.#batch();
    for (const observation of observationsOf(columns)) {
      const { identity } = observation.record;
      if (this.#known.has(identity) || this.#fresh.has(identity)) {
        batch.duplicate++;
      } else {
        this.#fresh.add(identity);
        batch.kept.push(observation);
      }
    }
    this.#refuse(batch, columns.refusals);
    batch.skips = sumSkips(batch.skips, countSkips(columns.skips));
    return Promise.resolve();
  }

  #refuse(batch: Batch, refusals: Refusals): void {
    const { count, lines, reasons, nth } = refusals;
    for (let at = 0; at < count; at++) {
      batch.refusedCount++;
      if (batch.refused.length >= QUARANTINE_LIMIT) continue;
      const line = lines[at]!;
      const raw = rawText(refusals, at);
      const bytes = bytesToRetry(refusals, at)?.slice();
      const ordinal = (batch.ofLine.get(line) ?? 0) + 1;
      batch.ofLine.set(line, ordinal);
      const apart = bytes === undefined || isTextEnough(refusals, at, raw) ? 0 : at + 1;
      const whole = bytes !== undefined;
      const row = { line, ordinal, reason: reasons[at]!, raw, whole, apart, nth: nth[at]! };
      batch.refused.push(bytes === undefined || apart === 0 ? row : { ...row, bytes });
    }
  }

  endBatch(record: BatchRecord): void {
    this.#ended.push({ batch: this.#batch(), record });
    this.#open = undefined;
  }

  commit(): Promise<PartOutcome[]> {
    if (this.#open) throw new Fault("usage", "a part is committed while a batch is open");
    const first = (this.#context.holdings.journal.at(-1)?.batch ?? 0) + 1;
    this.#withdraw();
    const entries = this.#ended.map(({ batch, record }, at) =>
      this.#store(first + at, batch, record),
    );
    this.#context.holdings.identities.set(this.#feed, new Set([...this.#known, ...this.#fresh]));
    this.#context.ended();
    return Promise.resolve(
      entries.map(({ batch, rows, kept, duplicate, refused, skipped, skips }) => ({
        batch,
        rows,
        kept,
        duplicate,
        refused,
        skipped,
        skips,
        unkept: Math.max(0, refused - QUARANTINE_LIMIT),
      })),
    );
  }

  rollback(): Promise<void> {
    this.#open = undefined;
    this.#ended.length = 0;
    this.#fresh.clear();
    this.#context.ended();
    return Promise.resolve();
  }

  #batch(): Batch {
    return (this.#open ??= {
      kept: [],
      refused: [],
      refusedCount: 0,
      ofLine: new Map(),
      duplicate: 0,
      skips: {},
    });
  }

  #withdraw(): void {
    const { observations, journal, refused } = this.#context.holdings;
    const isOut = (batch: number): boolean => this.#replaced.has(batch);
    keepOnly(observations, (row) => !isOut(row.batch.batch));
    keepOnly(refused, ({ id }) => !isOut(Number(id.split("-")[0])));
    keepOnly(journal, ({ batch }) => !isOut(batch));
  }

  #store(id: number, batch: Batch, record: BatchRecord): JournalEntry {
    const { observations, journal, refused } = this.#context.holdings;
    const storedAt = timeText(this.#context.now().getTime());
    const entry = journalEntry(id, batch, record, storedAt);
    journal.push(entry);
    for (const row of batch.kept)
      observations.push({
        ...row,
        batch: entry,
        record: { ...row.record, feed: record.feed, file: record.path },
      });
    for (const { ordinal, bytes, ...row } of batch.refused) {
      const rowId = `${entry.batch}-${row.line}-${ordinal}`;
      if (bytes) this.#context.holdings.bytes.set(rowId, bytes);
      refused.push({
        ...row,
        id: rowId,
        feed: record.feed,
        path: record.path,
        reading: record.reading,
        refusedAt: storedAt,
        takenAt: null,
      });
    }
    return entry;
  }
}

function keepOnly<T>(list: T[], stays: (entry: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(stays));
}

function journalEntry(
  id: number,
  { kept, duplicate, refusedCount, skips }: Batch,
  record: BatchRecord,
  storedAt: string,
): JournalEntry {
  const skipped = Object.values(skips).reduce((sum, n) => sum + n, 0);
  const days = kept.map((row) => row.day);
  return {
    ...record,
    batch: id,
    rows: kept.length + duplicate + refusedCount + skipped,
    kept: kept.length,
    duplicate,
    refused: refusedCount,
    skipped,
    skips,
    storedAt,
    firstDay: days.length === 0 ? 0 : days.reduce((a, b) => Math.min(a, b)),
    lastDay: days.length === 0 ? 0 : days.reduce((a, b) => Math.max(a, b)),
  };
}
