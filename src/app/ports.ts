/**
 * What the use cases need from the outside. Adapters (feeds, enrich, store, collect, report) implement these interfaces;
 * main.ts connects them.
 */
import type {
  Basis,
  FeedGap,
  FeedRecord,
  Period,
  SituationCounts,
  SituationQuestion,
} from "../core/measure/index.ts";
import type {
  ObservationBuilder,
  ObservationColumns,
  PlainObservation,
  SkipCounts,
} from "../core/observation/index.ts";
import type { Counterparts } from "../core/alert/index.ts";
import type { Finding } from "../core/finding/index.ts";
import type { Tlp } from "../core/marking/index.ts";
import type { Kind } from "../core/taxonomy/index.ts";
import type { Instant } from "../core/time/index.ts";

/** The beginning of a file, enough to tell its format. */
export interface Sample {
  /** File name without directory, without compression suffix. */
  readonly name: string;
  /** The first bytes, uncompressed: at least the first line if the file has one within 64 KiB. */
  readonly head: Uint8Array;
  /** When the file was taken, ISO 8601: what a list that says nothing of its own time is dated by. */
  readonly takenAt?: string;
  /** The operator named the format: the content must fit, the name of the file need not. */
  readonly wanted?: boolean;
}

/**
 * How a file is to be read: plain data, so that it can be sent to a worker thread and stored with the batch.
 */
export interface Reading {
  /** The format's name, such as `shadowserver`. */
  readonly format: string;
  /** The report type within the format, such as `event4_sinkhole`; the format's own name where there is one type only. */
  readonly type: string;
  /** The mapping's version, stored with the batch, such as `shadowserver.event4_sinkhole.1`. */
  readonly mapping: string;
  /** The header's cells, in the file's order; empty for formats without header. */
  readonly columns: readonly string[];
  /** How many bytes and lines of the file come before the first row (byte-order mark, comments, header). */
  readonly skip: { readonly bytes: number; readonly lines: number };
  /** TLP of rows that say nothing else. */
  readonly tlp: Tlp;
  /** What was noticed on recognising, for people: unknown columns and the like. */
  readonly notes: readonly string[];
  /** The moment of rows that name none, ISO 8601: what the file says of itself, else when it was taken. */
  readonly listedAt?: string;
  /** The file is one document (a STIX bundle, a mail), which the reader must be given in one block. */
  readonly whole?: boolean;
  /** The rows stand in a table of a page; the reader of rows is given them as lines with this delimiter. */
  readonly table?: string;
}

/** What a feed itself says of a side's whereabouts. It is kept in `extra`, beside the word of the location table, which counts. */
export const reportedFacts = ["victimAsn", "victimCountry", "originAsn", "originCountry"] as const;

/** One of {@link reportedFacts}. */
export type ReportedFact = (typeof reportedFacts)[number];

/**
 * Reads rows out of whole lines.
 *
 * 1. `read` never throws on any bytes.
 * 2. Every row ends as exactly one `add`, one `refuse` or one `skip` of the builder; blank lines and comments as none of them.
 *    An element of a document that asserts several things is as many rows; one that asserts nothing of a host, and is right
 *    in itself, is skipped, with the reason: it is counted, and nobody has to look at it.
 * 3. A bad row costs itself only.
 */
export interface BlockReader {
  /** Reads the lines in `block` (it begins at a line's start; the last line may lack its line feed). Returns the number of lines. */
  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number;
}

/** A feed format: bytes to observations. */
export interface FeedFormat {
  readonly name: string;
  /** One line of what it is, for `--help` and docs. */
  readonly title: string;
  /** How the file is to be read, or `undefined` if it is not of this format. */
  recognise(sample: Sample): Reading | undefined;
  /** The same of a file that no format takes, by what little tells it: asked last, so that nobody else's file is taken. */
  lastly?(sample: Sample): Reading | undefined;
  /** A reader for a file so recognised. */
  open(reading: Reading): BlockReader;
  /**
   * The members of `extra` in which the feed's own facts stand. Absent: it reports none. `extra` is that of a row: where the
   * rows of a file differ in who is the victim, it tells.
   */
  reported?(
    reading: Reading,
    extra?: Readonly<Record<string, string>>,
  ): Readonly<Partial<Record<ReportedFact, string>>>;
}

/** A ready definition of a feed. */
export interface CatalogueEntry {
  readonly name: string;
  /** One line of what it is. */
  readonly title: string;
  /** Where it is documented, in words. */
  readonly documentation: string;
  /** What the operator must fill in before it works: keys of the definition, and what goes there. */
  readonly needs: readonly { readonly key: string; readonly says: string }[];
  /** As `tocsin.yaml` takes it under `feeds`, with `enabled: false`. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Whole lines of a file, in order. */
export interface Block {
  /** A buffer of its own, which the taker may hand to another thread. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Uncompressed offset behind the block. */
  readonly toByte: number;
  /** SHA-256, hex, of the uncompressed bytes up to `toByte`. */
  sha256(): string;
}

/** A file, or a member of an archive, that may hold observations. */
export interface InputFile {
  /** As the operator named it; a member of an archive is `archive.zip!member.csv`. */
  readonly path: string;
  /** Size on disk, bytes. */
  readonly size: number;
  /** The beginning of the file. Throws Fault `input-unreadable` or `input-truncated`. */
  sample(): Promise<Sample>;
  /**
   * The blocks from an uncompressed offset on, which is a line's start. If the file ends before its end (a cut download),
   * the whole lines before that come first, then Fault `input-truncated`. `whole`: all of it in one block, and no block
   * before the fault; Fault `input-too-large` if that would be too much for memory.
   */
  blocks(fromByte: number, whole?: boolean): AsyncIterable<Block>;
  /** SHA-256, hex, of the first `bytes` uncompressed bytes (all if absent); `undefined` if there are fewer. */
  hash(bytes?: number): Promise<string | undefined>;
  /** How much of `size` has been read. */
  readonly position: number;
}

/** Turns blocks into columns, perhaps on several threads. */
export interface ParsePool {
  /** How many blocks are worth having under way. */
  readonly width: number;
  /** Reads a block; lines count from 1 at the block's start. The block's buffer is given away. */
  parse(reading: Reading, block: Uint8Array<ArrayBuffer>): Promise<ObservationColumns>;
  /** Tells that columns are no longer needed: their memory is used again. */
  release(columns: ObservationColumns): void;
}

/** The journal's entry of one batch, or of one part of a batch that was too large for one transaction. */
export interface BatchRecord {
  readonly feed: string;
  /** Path or name as given by the operator. */
  readonly path: string;
  /** SHA-256 of the uncompressed bytes up to `toByte`, hex. */
  readonly sha256: string;
  /** Size on disk of the file, bytes: a cheap first look whether the file is known. */
  readonly fileSize: number;
  /** Part number, from 0. */
  readonly part: number;
  /** Whether this is the batch's last part. */
  readonly last: boolean;
  /** Uncompressed offset behind the part's last row, and the lines before it. */
  readonly toByte: number;
  readonly toLine: number;
  readonly reading: Reading;
  /** The location table that located the rows. */
  readonly locationTable: { readonly name: string; readonly date: string };
}

/** What became of rows. */
export interface RowCounts {
  /** Rows that were read: kept + duplicate + refused + skipped. */
  readonly rows: number;
  readonly kept: number;
  /** Rows whose identity key the feed had delivered before. */
  readonly duplicate: number;
  readonly refused: number;
  /** Elements that are neither observations nor mistakes. */
  readonly skipped: number;
}

/** What became of a part's rows. */
export interface PartOutcome extends RowCounts {
  readonly batch: number;
  /** Why elements were skipped. */
  readonly skips: SkipCounts;
  /** How many of the refused rows were only counted: more than {@link QUARANTINE_LIMIT} are not kept. */
  readonly unkept: number;
}

/**
 * Writes parts of batches. All batches of one part commit in one transaction with their journal entries and their effect on
 * the roll-ups: a crash at any moment loses nothing that was committed and doubles nothing.
 */
export interface PartWriter {
  /** Adds rows of the batch that is open; rows whose event the feed has delivered already are dropped and counted. */
  append(columns: ObservationColumns): Promise<void>;
  /** Ends the open batch (or this part of it) with its journal entry; the next `append` begins another. */
  endBatch(record: BatchRecord): void;
  /** How full the part is, 0 to 1 and above: at 1 it is time to commit. */
  readonly fullness: number;
  /** Makes the part durable. The outcomes stand in the order of `endBatch`. */
  commit(): Promise<PartOutcome[]>;
  /** Forgets the part. */
  rollback(): Promise<void>;
}

/** A journal entry as stored. */
export interface JournalEntry extends BatchRecord, Omit<PartOutcome, "unkept"> {
  /** When it was committed, ISO 8601. */
  readonly storedAt: string;
  /** First and last event day, days since 1970; 0 if no row was kept. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * How many refused rows of a batch (or of its part) are kept to be looked at and tried again; the others are counted. A file
 * that is all wrong would fill the disk with what nobody reads row by row.
 */
export const QUARANTINE_LIMIT = 100_000;

/** A refused row. */
export interface QuarantinedRow {
  /** `batch-line-ordinal`: its batch, its line, and which of the refused rows of the line it is, from 1. */
  readonly id: string;
  readonly feed: string;
  readonly path: string;
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
  /** Whether all that must be read to try it again is kept. */
  readonly whole: boolean;
  /** Where that is kept: 0, `raw` says it all; else a number for {@link ObservationStore.quarantine}`.bytesOf`. */
  readonly apart: number;
  /** Which of the things that its element asserts it is, from 0; -1: all of them. */
  readonly nth: number;
  /** How its file was read. */
  readonly reading: Reading;
  readonly refusedAt: string;
  /** When a later try took the row; `null` while it waits. */
  readonly takenAt: string | null;
}

/** What the store knows of one address or host. */
export interface AddressFacts {
  readonly address: string;
  readonly side: "victim" | "origin";
  readonly observations: number;
  /** Sum of the counts that feeds gave. */
  readonly times: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly days: number;
  /** Distinct addresses on the other side. */
  readonly counterparts: number;
  readonly located: readonly {
    readonly country: string;
    readonly asn: number;
    readonly mark: string;
    readonly table: { readonly name: string; readonly date: string };
  }[];
  readonly feeds: readonly {
    readonly feed: string;
    readonly observations: number;
    readonly lastSeen: string;
  }[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly family: string;
    readonly observations: number;
  }[];
  readonly counterpartCountries: readonly {
    readonly country: string;
    readonly addresses: number;
  }[];
  readonly hosts: readonly string[];
  /** The newest observations, at most 20. */
  readonly recent: readonly ObservationRecord[];
}

/** A stored observation as people and exports see it: addresses, times and kinds as text. */
export interface ObservationRecord extends PlainObservation {
  readonly feed: string;
  readonly file: string;
}

/** The fields of a record, in the order in which exports write them. Stable: people's scripts read the columns. */
export const recordFields = [
  "seenAt",
  "seenUntil",
  "kind",
  "family",
  "victim",
  "victimPort",
  "victimHost",
  "victimCountry",
  "victimAsn",
  "origin",
  "originPort",
  "originHost",
  "originCountry",
  "originAsn",
  "protocol",
  "url",
  "sector",
  "count",
  "confidence",
  "tlp",
  "eventId",
  "feed",
  "file",
  "line",
  "identity",
  "extra",
] as const satisfies readonly (keyof ObservationRecord)[];

/** Which observations to export. */
export interface ObservationFilter {
  readonly period?: Period;
  readonly feed?: string;
  readonly kind?: Kind;
  readonly victim?: string;
  readonly origin?: string;
  /** The highest TLP that may leave; rows above it are left out and counted. */
  readonly maxTlp: Tlp;
}

/** What a filter lets through. */
export interface Selection {
  /** How many observations it asks for that stay in because of their TLP. */
  readonly withheld: number;
  /**
   * The others, in the order of storing, in pages of a bounded size. They are read once, to the end or until the reader stops; until
   * then nothing else is asked of the store.
   */
  readonly pages: AsyncIterable<readonly ObservationRecord[]>;
}

/** Writes observations in the words of one standard, page by page: the texts, one after another, are a file of it. */
export interface ExchangeWriter {
  /** What stands before the first page. */
  begin(): string;
  /** The text of a page. A record that the standard cannot say without a falsehood is left out, and `written` does not count it. */
  write(records: readonly ObservationRecord[]): { readonly text: string; readonly written: number };
  /** What stands behind the last page. */
  end(): string;
}

/** A standard in which observations leave. */
export interface ExchangeFormat {
  readonly name: string;
  /** A writer for one file. */
  open(): ExchangeWriter;
}

/** Which findings are wanted; all that are folded, if nothing is said. */
export interface FindingFilter {
  /** Those that a batch after this one touched. */
  readonly afterBatch?: number;
  /** Those last seen at this moment or after it. */
  readonly seenSince?: Instant;
  /** Those whose asset is this address or host. */
  readonly asset?: string;
  /** `urgent`: origins, and victims of a known sector, which are few and may not wait for the many others, the `rest`. */
  readonly part?: "urgent" | "rest";
}

/**
 * The findings that observations fold to: of victims at home, and of origins everywhere, unless they are reserved or on a warning
 * list. Folding is by batches, set-wise, and may be left and gone on with at any moment.
 */
export interface FindingFolder {
  /** Folds the batches that are not folded yet. Gives the newest batch that is folded; 0 if there is none. */
  fold(): Promise<number>;
  /**
   * Findings as of the last fold, in pages; their `counterparts` are not counted. Whoever reads them may ask the store for other things
   * meanwhile.
   */
  select(filter: FindingFilter): AsyncIterable<readonly Finding[]>;
  /**
   * What stands on the other side, by key: of an origin the victims at home. At most `most` of them each are known by name, the newest;
   * findings without any are left out.
   */
  counterparts(
    findings: readonly Finding[],
    most: number,
  ): Promise<ReadonlyMap<string, Counterparts>>;
}

/** The observations: append-only, exact, durable. */
export interface ObservationStore {
  /** The sizes on disk of the files that the journal has of a feed: a file of another size is new. */
  sizesOf(feed: string): Promise<ReadonlySet<number>>;
  /** Journal entries of a feed whose file had this size on disk, in the order of storing. */
  entriesOfSize(feed: string, fileSize: number): Promise<JournalEntry[]>;
  /**
   * Begins a part. One part is written at a time. `replaced` are numbers of batches of the feed, which are withdrawn in the same
   * transaction: rows, refusals, journal, and all that they count in, as if they had never been stored.
   */
  beginPart(feed: string, replaced?: readonly number[]): Promise<PartWriter>;
  /** Exact counts of a period. */
  countSituation(question: SituationQuestion): Promise<SituationCounts>;
  /** What the counts of a period rest on. */
  basisOf(period: Period): Promise<Pick<Basis, "locationTable" | "feeds" | "asOf">>;
  /** What is on record of every feed that has a batch, by name. Rows that the quarantine gave back are no file of their own. */
  feedRecords(): Promise<FeedRecord[]>;
  /** Notes these gaps of a feed in place of those that were noted. A feed without batches has none. */
  noteGaps(feed: string, gaps: readonly FeedGap[]): Promise<void>;
  /** First and last event day that is stored; `undefined` for an empty store. */
  span(): Promise<Period | undefined>;
  factsOf(side: "victim" | "origin", address: string): Promise<AddressFacts | undefined>;
  /** The observations that a filter lets through; nothing that is marked above its TLP is among them. */
  select(filter: ObservationFilter): Promise<Selection>;
  /** Writes them to a Parquet file. Throws Fault `format-unknown` where the store cannot, `output-unwritable`. */
  writeParquet(
    path: string,
    filter: ObservationFilter,
  ): Promise<{ written: number; withheld: number }>;
  readonly findings: FindingFolder;
  quarantine: {
    summary(): Promise<{ feed: string; path: string; reason: string; rows: number }[]>;
    rows(filter: {
      reason?: string;
      path?: string;
      /** Of a refused row; or `batch-line`: all of the line. */
      id?: string;
      limit?: number;
    }): Promise<QuarantinedRow[]>;
    /** What is to be read to try the row again; only of rows that are `whole` and kept `apart`. */
    bytesOf(row: Pick<QuarantinedRow, "id" | "apart">): Promise<Uint8Array>;
    markTaken(ids: readonly string[]): Promise<void>;
  };
  /** The newest entries first; only those of a feed, if one is named. */
  journal(limit: number, feed?: string): Promise<JournalEntry[]>;
  /** Numbers for `doctor`: rows, bytes on disk, journal entries. */
  size(): Promise<{ observations: number; bytes: number; batches: number }>;
  close(): Promise<void>;
}
