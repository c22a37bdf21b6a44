import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type {
  AddressFacts,
  FindingFilter,
  JournalEntry,
  ObservationFilter,
  ObservationStore,
  PartWriter,
  Reading,
  Selection,
} from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import type {
  Basis,
  FeedGap,
  FeedRecord,
  Period,
  SituationCounts,
  SituationQuestion,
  View,
} from "../../core/measure/index.ts";
import type { Finding } from "../../core/finding/index.ts";
import { packCountry } from "../../core/network/index.ts";
import type { SkipCounts } from "../../core/observation/index.ts";
import { Turns } from "../shared/turns.ts";
import { CellMemory } from "./cell-memory.ts";
import { compactCells } from "./compact.ts";
import { Database, type Session, utc } from "./database.ts";
import { exportParquet, selectObservations } from "./export.ts";
import { factsOf } from "./facts.ts";
import { foldFindings } from "./fold-findings.ts";
import { readFeedRecords, writeGaps } from "./feed-records.ts";
import { DuckdbPartWriter } from "./part-writer.ts";
import { bytesOf, findRefused, markTaken, summarise } from "./quarantine.ts";
import { countSituation } from "./questions.ts";
import { counterpartsOf, selectFindings } from "./read-findings.ts";
import { openRegistry } from "./rebuild.ts";
import { storedDayText } from "./records.ts";
import type { Registry } from "./registry.ts";
import { refreshViews } from "./refresh.ts";
import {
  addLaterTables,
  createTables,
  SCHEMA_VERSION,
  schemaVersion,
  upgradeTables,
} from "./schema.ts";
import { withdrawBatches } from "./withdraw.ts";

/** How a store is opened. */
export interface DuckdbStoreOptions {
  /** Directory that holds the database file; made if absent. */
  readonly dir: string;
  /** ISO codes of home, for which the cube is kept. */
  readonly home: readonly string[];
  now(): Date;
  readonly threads?: number;
  /** After how many questions the cells are kept in memory (12). */
  readonly rememberCellsAfter?: number;
}

const FILE = "observations.duckdb";
/** DuckDB's share of memory for questions, which may count millions of distinct keys. */
const MEMORY_TO_ANSWER = "1GB";
/** Its share while a part is open: with this the whole process stays below 600 MB, whatever is ingested. */
const MEMORY_TO_INGEST = "128MB";

/**
 * Opens the embedded observation store. Throws Fault `data-dir-in-use` while another process has it, `store-corrupt` if the
 * file is damaged or of another version.
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<ObservationStore> {
  mkdirSync(options.dir, { recursive: true });
  const path = join(options.dir, FILE);
  const temp = join(options.dir, "tmp");
  const database = await Database.open(path, {
    memory_limit: MEMORY_TO_ANSWER,
    // Give freed memory back at once: the process has parsers beside DuckDB, and a bound to keep.
    allocator_flush_threshold: "8MB",
    allocator_bulk_deallocation_flush_threshold: "16MB",
    threads: String(options.threads ?? 2),
    temp_directory: temp,
    preserve_insertion_order: "false",
    // What numbers get in the end anyway; to look for something better costs a third of all appending.
    force_compression: "bitpacking",
  });
  try {
    const write = await database.connect();
    await prepareTables(write, path);
    const registry = await openRegistry(write, options.home);
    return new DuckdbStore(
      options,
      database,
      write,
      await database.connect(),
      await database.connect(),
      registry,
      temp,
    );
  } catch (error) {
    database.close();
    throw error;
  }
}

async function prepareTables(session: Session, path: string): Promise<void> {
  const version = await schemaVersion(session);
  if (version === 0) await createTables(session);
  else if (version < SCHEMA_VERSION) await upgradeTables(session, version);
  else if (version > SCHEMA_VERSION)
    throw new Fault(
      "store-corrupt",
      `${path} has tables of version ${version}; this program reads version ${SCHEMA_VERSION}`,
    );
  await addLaterTables(session);
}

class DuckdbStore implements ObservationStore {
  readonly #options: DuckdbStoreOptions;
  readonly #database: Database;
  readonly #write: Session;
  readonly #read: Session;
  readonly #texts: Session;
  readonly #registry: Registry;
  readonly #cells: CellMemory;
  readonly #temp: string;
  /** The write session is taken by one part, or by one view that is brought up to date, at a time. */
  readonly #writes = new Turns();
  readonly #reads = new Turns();
  #partOpen = false;

  constructor(
    options: DuckdbStoreOptions,
    database: Database,
    write: Session,
    read: Session,
    texts: Session,
    registry: Registry,
    temp: string,
  ) {
    this.#options = options;
    this.#database = database;
    this.#write = write;
    this.#read = read;
    this.#texts = texts;
    this.#registry = registry;
    this.#cells = new CellMemory(registry, options.rememberCellsAfter ?? 12);
    this.#temp = temp;
  }

  async sizesOf(feed: string): Promise<ReadonlySet<number>> {
    const rows = await this.#read.rows<{ size: bigint }>(
      "SELECT DISTINCT file_size AS size FROM batch JOIN feed ON feed.id = batch.feed WHERE feed.name = $1",
      [feed],
    );
    return new Set(rows.map((row) => Number(row.size)));
  }

  async entriesOfSize(feed: string, fileSize: number): Promise<JournalEntry[]> {
    return readJournal(this.#read, "f.name = $1 AND b.file_size = $2 ORDER BY b.id", [
      feed,
      BigInt(fileSize),
    ]);
  }

  async journal(limit: number, feed?: string): Promise<JournalEntry[]> {
    const newest = "($1 IS NULL OR f.name = $1) ORDER BY b.id DESC LIMIT $2";
    return readJournal(this.#read, newest, [feed ?? null, limit]);
  }

  async beginPart(feed: string, replaced: readonly number[] = []): Promise<PartWriter> {
    if (this.#partOpen) throw new Fault("usage", "one part is written at a time");
    this.#partOpen = true;
    const leave = await this.#writes.enter();
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      this.#partOpen = false;
      leave();
    };
    try {
      // A folder that DuckDB makes itself, it also takes away itself.
      mkdirSync(this.#temp, { recursive: true });
      await this.#limitMemory(MEMORY_TO_INGEST);
      const [{ next }] = (await this.#write.rows<{ next: number }>(
        "SELECT coalesce(max(id), 0)::UINTEGER + 1 AS next FROM batch",
      )) as [{ next: number }];
      const writer = await DuckdbPartWriter.open(
        {
          session: this.#write,
          registry: this.#registry,
          cells: this.#cells,
          firstBatch: Number(next),
          now: () => this.#options.now(),
          ended: async (committed) => {
            try {
              if (committed) await compactCells(this.#write);
              await this.#limitMemory(MEMORY_TO_ANSWER);
            } finally {
              end();
            }
          },
        },
        feed,
      );
      if (replaced.length > 0) await this.#withdraw(writer, replaced);
      return writer;
    } catch (error) {
      await this.#limitMemory(MEMORY_TO_ANSWER);
      end();
      throw error;
    }
  }

  /** Takes batches out, in the transaction that the writer has begun. */
  async #withdraw(writer: PartWriter, batches: readonly number[]): Promise<void> {
    try {
      const [session, registry, cells] = [this.#write, this.#registry, this.#cells];
      await withdrawBatches({ session, registry, cells, home: this.#options.home }, batches);
    } catch (error) {
      // A session that failed may refuse this too; what is to be told is why it failed.
      await writer.rollback().catch(() => error);
      throw error;
    }
  }

  /** A lower limit than what a question uses at this moment is refused; then the part does with the higher one. */
  async #limitMemory(limit: string): Promise<void> {
    await this.#write.run(`SET memory_limit = '${limit}'`).catch(() => undefined);
  }

  countSituation(question: SituationQuestion): Promise<SituationCounts> {
    const home = new Set(this.#options.home.map(packCountry));
    const refresh = async (views: readonly View[]): Promise<boolean> => {
      if (this.#writes.busy) return false;
      await this.#writes.run(() => refreshViews(this.#write, this.#registry, views));
      return true;
    };
    const library = {
      read: this.#read,
      refresh,
      registry: this.#registry,
      cells: this.#cells,
      home,
    };
    return this.#reads.run(() => countSituation(library, question));
  }

  async basisOf(period: Period): Promise<Pick<Basis, "locationTable" | "feeds" | "asOf">> {
    // One statement: each has to wait for the threads of DuckDB, and a question should not wait often.
    const [row] = await this.#read.rows<{
      feeds: StoredBasis[] | null;
      tables: { name: string; date: string }[] | null;
      as_of: string | null;
    }>(
      `WITH stored AS (SELECT feed, max(stored_at) AS time FROM batch GROUP BY feed),
         counted AS (SELECT feed, sum(rows)::BIGINT AS n, min(day) AS first, max(day) AS last
           FROM daily WHERE day >= $1 AND day < $2 GROUP BY feed HAVING sum(rows) > 0),
         gap AS (SELECT feed, list(day ORDER BY day) FILTER (state = 'down') AS down,
             list(day ORDER BY day) FILTER (state = 'late') AS late
           FROM feed_gap WHERE day >= $1 AND day < $2 GROUP BY feed),
         feeds AS (SELECT f.name, coalesce(n, 0) AS n, first, last, down, late, s.time AS stored
           FROM counted FULL JOIN gap USING (feed) JOIN feed f ON f.id = feed LEFT JOIN stored s ON s.feed = f.id),
         tables AS (SELECT location_name AS name, location_date AS date, max(id) AS newest FROM batch
           WHERE kept > 0 AND last_day >= $1 AND first_day < $2 GROUP BY ALL)
       SELECT (SELECT list({name: name, n: n, first: first, last: last, down: down, late: late, stored: ${utc("stored")}}
           ORDER BY name) FROM feeds) AS feeds,
         (SELECT list({name: name, date: date} ORDER BY newest DESC) FROM tables) AS tables,
         (SELECT ${utc("max(time)")} FROM stored) AS as_of`,
      [period.from, period.until],
    );
    const tables = row!.tables ?? [];
    return {
      locationTable: {
        name: tables[0]?.name ?? "",
        date: tables[0]?.date ?? "",
        others: Math.max(0, tables.length - 1),
      },
      feeds: (row!.feeds ?? []).map((feed) => ({
        name: feed.name,
        observations: Number(feed.n),
        firstDay: feed.first === null ? null : storedDayText(feed.first),
        lastDay: feed.last === null ? null : storedDayText(feed.last),
        lastStored: feed.stored,
        down: (feed.down ?? []).map(storedDayText),
        late: (feed.late ?? []).map(storedDayText),
      })),
      asOf: row!.as_of,
    };
  }

  feedRecords(): Promise<FeedRecord[]> {
    return this.#reads.run(() => readFeedRecords(this.#read));
  }

  async noteGaps(feed: string, gaps: readonly FeedGap[]): Promise<void> {
    const id = this.#registry.feeds.indexOf(feed);
    if (id >= 0) await this.#writes.run(() => writeGaps(this.#write, id, gaps));
  }

  async span(): Promise<Period | undefined> {
    const [row] = await this.#read.rows<{ first: number | null; last: number | null }>(
      "SELECT min(first_day) AS first, max(last_day) AS last FROM batch WHERE kept > 0",
    );
    return row?.first && row.last ? { from: row.first, until: row.last + 1 } : undefined;
  }

  factsOf(side: "victim" | "origin", address: string): Promise<AddressFacts | undefined> {
    const sessions = { read: this.#read, texts: this.#texts };
    return this.#reads.run(() => factsOf(sessions, this.#registry, side, address));
  }

  async select(filter: ObservationFilter): Promise<Selection> {
    const leave = await this.#reads.enter();
    const sessions = { read: this.#read, texts: this.#texts };
    try {
      const { withheld, pages } = await selectObservations(sessions, this.#registry, filter);
      return { withheld, pages: thenLeave(pages, leave) };
    } catch (cause) {
      leave();
      throw cause;
    }
  }

  writeParquet(
    path: string,
    filter: ObservationFilter,
  ): Promise<{ written: number; withheld: number }> {
    const sessions = { read: this.#read, texts: this.#texts };
    return this.#reads.run(() => exportParquet(sessions, this.#registry, path, filter));
  }

  readonly findings: ObservationStore["findings"] = {
    fold: () => this.#writes.run(() => foldFindings(this.#write, this.#options.home)),
    select: (filter) => this.#selectFindings(filter),
    counterparts: (findings, sample) => {
      const sessions = { read: this.#read, texts: this.#texts };
      return this.#reads.run(() => counterpartsOf(sessions, this.#options.home, findings, sample));
    },
  };

  /** By connections of its own: this may take long, and others go before it. */
  async *#selectFindings(filter: FindingFilter): AsyncGenerator<Finding[]> {
    const sessions = {
      read: await this.#database.connect(),
      texts: await this.#database.connect(),
    };
    try {
      yield* selectFindings(sessions, this.#registry, filter);
    } finally {
      for (const session of Object.values(sessions)) this.#database.disconnect(session);
    }
  }

  readonly quarantine: ObservationStore["quarantine"] = {
    summary: () => summarise(this.#read),
    rows: (filter) => findRefused(this.#read, filter),
    bytesOf: (row) => bytesOf(this.#read, row),
    markTaken: (ids) => this.#writes.run(() => markTaken(this.#write, ids, this.#options.now())),
  };

  async size(): Promise<{ observations: number; bytes: number; batches: number }> {
    const [row] = await this.#read.rows<{ kept: bigint; batches: bigint }>(
      "SELECT coalesce(sum(kept), 0)::BIGINT AS kept, count(*) AS batches FROM batch",
    );
    return {
      observations: Number(row!.kept),
      batches: Number(row!.batches),
      bytes: statSync(this.#database.path).size,
    };
  }

  close(): Promise<void> {
    this.#database.close();
    rmSync(this.#temp, { recursive: true, force: true });
    return Promise.resolve();
  }
}

/** The same pages; whoever has read them leaves his turn. */
async function* thenLeave<T>(pages: AsyncIterable<T>, leave: () => void): AsyncGenerator<T> {
  try {
    yield* pages;
  } finally {
    leave();
  }
}

interface StoredBasis {
  name: string;
  n: bigint;
  first: number | null;
  last: number | null;
  stored: string | null;
  down: number[] | null;
  late: number[] | null;
}

interface StoredBatch {
  id: number;
  feed: string;
  path: string;
  sha256: string;
  file_size: bigint;
  part: number;
  last: boolean;
  to_byte: bigint;
  to_line: bigint;
  reading: string;
  location_name: string;
  location_date: string;
  rows: bigint;
  kept: bigint;
  duplicate: bigint;
  refused: bigint;
  first_day: number;
  last_day: number;
  stored: string;
  skipped: bigint;
  skips: string;
}

async function readJournal(
  session: Session,
  condition: string,
  values: readonly (string | number | bigint | null)[],
): Promise<JournalEntry[]> {
  const rows = await session.rows<StoredBatch>(
    `SELECT b.* EXCLUDE (feed, stored_at), f.name AS feed, ${utc("b.stored_at")} AS stored
     FROM batch b JOIN feed f ON f.id = b.feed WHERE ${condition}`,
    values,
  );
  return rows.map((row) => ({
    batch: row.id,
    feed: row.feed,
    path: row.path,
    sha256: row.sha256,
    fileSize: Number(row.file_size),
    part: row.part,
    last: row.last,
    toByte: Number(row.to_byte),
    toLine: Number(row.to_line),
    reading: JSON.parse(row.reading) as Reading,
    locationTable: { name: row.location_name, date: row.location_date },
    rows: Number(row.rows),
    kept: Number(row.kept),
    duplicate: Number(row.duplicate),
    refused: Number(row.refused),
    skipped: Number(row.skipped),
    skips: JSON.parse(row.skips) as SkipCounts,
    firstDay: row.first_day,
    lastDay: row.last_day,
    storedAt: row.stored,
  }));
}
