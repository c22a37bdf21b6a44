/** What the commands work with. main.ts makes it; the commands know no adapter. */
import type { CollectEvent, CollectSummary } from "../app/collect/index.ts";
import type { FeedStatus } from "../app/feed-watch.ts";
import type { IngestProgress, IngestSummary } from "../app/ingest-report.ts";
import type { CatalogueEntry, ExchangeFormat, ObservationStore } from "../app/ports.ts";
import type { RereadQuestion, RereadSummary } from "../app/reread-batches.ts";
import type { RetryQuestion } from "../app/retry-quarantine.ts";
import type { TriedFile } from "../app/try-file.ts";
import type { Config, Feed } from "../config/index.ts";
import type { Situation } from "../core/measure/index.ts";

/** A human language of the program's output. */
export type Language = "en" | "zh";

/** The location table in use. */
export interface LocationInfo {
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly ageDays: number;
  readonly starter: boolean;
  readonly ranges: number;
}

/** What a location import found. */
export interface LocationImport {
  readonly name: string;
  readonly date: string;
  readonly taken: number;
  readonly refused: number;
  readonly samples: readonly string[];
}

/** The known totals of the replay, as its `truth.json` says. */
export type ReplayTruth = Readonly<Record<string, unknown>>;

/** Ingest options of the command line. */
export interface IngestOptions {
  readonly feed?: string;
  readonly format?: string;
  readonly jobs?: number;
  readonly dryRun?: boolean;
}

/** What to collect. */
export interface CollectOptions {
  /** By name; none: all that are enabled. */
  readonly feeds: readonly string[];
  /** What is due, and no more. */
  readonly once: boolean;
  /** Ingest what could not be read once more. */
  readonly retryUnread: boolean;
}

/** A feed that is collected, and how that stands. Times are ISO 8601. */
export interface FeedListing {
  readonly feed: string;
  readonly way: string;
  readonly format: string;
  readonly enabled: boolean;
  readonly priority: string;
  readonly tlp: string | null;
  /** What the configuration says about it. */
  readonly about: Feed["about"] | null;
  /** `null`: it takes what is sent to it. */
  readonly schedule:
    | { readonly everyMinutes: number }
    | { readonly cron: string; readonly timeZone: string }
    | null;
  readonly dueAt: string | null;
  readonly lastRunAt: string | null;
  readonly lastTakenAt: string | null;
  readonly deliveries: number;
  readonly bytes: number;
  readonly waiting: number;
  readonly unread: number;
  readonly failing: {
    readonly failures: number;
    readonly code: string;
    readonly message: string;
    readonly retryAt: string;
  } | null;
}

/** Which files to read again. */
export interface RereadOptions extends RereadQuestion {
  /** The format that they are of today; as before if absent. */
  readonly format?: string;
  /** A folder that has the files, where they are not in their place any more. */
  readonly from?: string;
}

/** What to look at in a sample. */
export interface TryOptions {
  readonly format?: string;
  /** How many rows of a file are wanted. */
  readonly limit: number;
}

/** An open data directory with its configuration. */
export interface Workbench {
  readonly dataDir: string;
  readonly config: Config;
  /** Opens the store, once. Throws Fault `data-dir-in-use` while another process has it, `not-initialised` before `init`. */
  store(): Promise<ObservationStore>;
  ingest(
    paths: readonly string[],
    options: IngestOptions,
    onProgress: (progress: IngestProgress) => void,
    signal: AbortSignal,
  ): Promise<IngestSummary>;
  /** Collects feeds, until they are done or the signal says stop, and ingests what they deliver. */
  collect(
    options: CollectOptions,
    onEvent: (event: CollectEvent) => void,
    signal: AbortSignal,
  ): Promise<CollectSummary>;
  /** The feeds that are collected; does not open the store. */
  feeds(): Promise<FeedListing[]>;
  /** How each feed is, by what came in so many days (28), today the last; notes which days are missing of which feed. */
  feedStatus(days?: number): Promise<FeedStatus[]>;
  /** Tries the quarantined rows again with today's mappings. */
  retryQuarantine(filter: RetryQuestion): Promise<{ tried: number; taken: number }>;
  /** Reads stored files again with today's mappings, in place of what was read of them. */
  rereadBatches(options: RereadOptions, signal: AbortSignal): Promise<RereadSummary>;
  location(): Promise<LocationInfo>;
  /** Copies a table into the data directory and makes it the one in use. */
  importLocation(
    files: readonly string[],
    kind: "country" | "asn" | "auto",
  ): Promise<LocationImport[]>;
  /** Ready definitions of feeds. */
  catalogue(): readonly CatalogueEntry[];
  formats(): readonly { name: string; title: string }[];
  /** Reads the first rows of each file as `ingest` would, and stores nothing. */
  tryFiles(path: string, options: TryOptions, signal: AbortSignal): Promise<TriedFile[]>;
  /** The standard of this name, in which observations leave. */
  exchange(name: string): Promise<ExchangeFormat>;
  close(): Promise<void>;
}

/** The outside of the command line: everything it needs besides its own arguments. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly version: string;
  now(): Date;
  /** Opens a data directory; `configFile` overrides `tocsin.yaml` in it. Does not open the store yet. */
  openWorkbench(dataDir: string, configFile?: string): Promise<Workbench>;
  /** Makes the replay in `out`, and gives its truth. */
  makeReplay(
    options: { out: string; scale: number; seed: string },
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ReplayTruth>;
  /** Path of the ThreatFox history that ships with the program. */
  readonly threatfoxHistory: string;
  /** The report functions of `report/situation`. */
  readonly report: {
    /** Sentences 1 to 3 of the founding statement with these numbers. */
    statement(situation: Situation, language: Language): string[];
    countryName(iso2: string, language: Language): string;
    sectorName(sector: string, language: Language): string;
  };
}
