/** What the commands work with. main.ts makes it; the commands know no adapter. */
import type { Happening, Placed, WatchEvent } from "../app/alerting/index.ts";
import type { CollectEvent, CollectSummary } from "../app/collect/index.ts";
import type { FeedStatus } from "../app/feed-watch.ts";
import type { CaseStore, Composed } from "../app/case-ports.ts";
import type { GiveWay, IngestProgress, IngestSummary } from "../app/ingest-report.ts";
import type { CatalogueEntry, ExchangeFormat, ObservationStore } from "../app/ports.ts";
import type { RereadQuestion, RereadSummary } from "../app/reread-batches.ts";
import type { RetryQuestion } from "../app/retry-quarantine.ts";
import type { TriedFile } from "../app/try-file.ts";
import type { Config, Feed } from "../config/index.ts";
import type {
  DirectoryChange,
  DirectoryReading,
  ImportOptions,
} from "../core/institution/index.ts";
import type { Situation } from "../core/measure/index.ts";
import type { Instant } from "../core/time/index.ts";

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
  /** What may go first. */
  readonly giveWay?: GiveWay;
  /** `false`: how the feeds are is not looked at when it is done. */
  readonly watch?: boolean;
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

/** What was read of a directory of contacts, and as what it is to be imported. */
export interface ReadContacts extends ImportOptions {
  readonly reading: DirectoryReading;
}

/** Where institutions and contacts can be had. Only the methods that say so use the network. */
export interface ContactSources {
  /** Forms in which others keep their directories. */
  formats(): readonly { readonly name: string; readonly title: string }[];
  /**
   * Reads files of a form; without a file the list that ships, if the form has one. Throws Fault `format-unknown`,
   * `input-unreadable` or `usage`.
   */
  read(
    format: string,
    files: readonly string[],
    options: { readonly source?: string; readonly countries?: readonly string[] },
  ): Promise<ReadContacts>;
  /** Asks a regional or domain registry over the network (RDAP) who takes reports for an address, AS number or domain. */
  askRegistry(subject: string, signal: AbortSignal): Promise<ReadContacts>;
  /** Fetches the security.txt of a domain over the network. */
  askSite(domain: string, signal: AbortSignal): Promise<ReadContacts>;
}

/** Whose key is made, and where its private part goes. */
export interface MakeKeyOptions {
  readonly name: string;
  readonly mail: string;
  readonly out: string;
  /** A file whose text locks the private key. */
  readonly passphraseFile?: string;
}

/** A key that was made; the public key and the revocation lie beside the private key. */
export interface MadeKey {
  /** Upper-case hex without blanks. */
  readonly fingerprint: string;
  readonly keyFile: string;
  readonly publicKeyFile: string;
  readonly revocationFile: string;
}

/** What a rehearsal of alerting is played with. */
export interface RehearsalPlan {
  /** The moment that is taken for now. */
  readonly now: Instant;
  /** The institutions, their contacts, and what they answer for. */
  readonly directory: readonly DirectoryChange[];
}

/** What came of it, that of earlier rehearsals on the same data included. */
export interface Rehearsal {
  readonly placed: Placed;
  /** Mails that the server on loopback took this time. */
  readonly received: number;
  /** Alerts that were sent, and the institutions that they went to. */
  readonly alerts: number;
  readonly institutions: number;
  /** The addresses of C2 servers that each institution was told of. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What the daemon tells of. */
export type DaemonEvent =
  | WatchEvent
  | { readonly event: "collect"; readonly of: CollectEvent }
  | {
      readonly event: "message";
      readonly deliveryKey: string;
      readonly to: string;
      readonly outcome: string;
    }
  | {
      readonly event: "watching";
      readonly feeds: number;
      /** Whether there are rules that say who is alerted. */
      readonly rules: boolean;
      /** Whether messages can be made, whether they can leave, whether answers are taken. */
      readonly composes: boolean;
      readonly sends: boolean;
      readonly answers: boolean;
    };
/** Where an address or host lies, as far as it is known: empty or 0 where it is not. */
export interface AssetPlace {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly asn: number;
  readonly sector: string;
}

/** An open data directory with its configuration. */
export interface Workbench {
  readonly dataDir: string;
  readonly config: Config;
  /**
   * Opens the store, once. Throws Fault `data-dir-in-use` while another process has it, `not-initialised` before
   * `init`.
   */
  store(): Promise<ObservationStore>;
  /** Opens the cases, once. Throws Fault `not-initialised` before `init`. */
  cases(): Promise<CaseStore>;
  contacts(): Promise<ContactSources>;
  /** What alerts live by: rules, directory, configuration. */
  happening(): Promise<Happening>;
  /** Makes the next message of an alert as it would be now, and stores nothing. Throws Fault `message-not-allowed`. */
  preview(alert: string): Promise<Composed & { readonly to: string }>;
  /** Makes an OpenPGP key in files of its own. Throws Fault `output-unwritable` rather than write over anything. */
  makeKey(options: MakeKeyOptions): Promise<MadeKey>;
  /** Alerts those whom the shipped rules name, at a moment of the past and over a mail server of its own on loopback: for the demo. */
  rehearse(
    plan: RehearsalPlan,
    onPlaced: (placed: Placed) => void,
    signal: AbortSignal,
  ): Promise<Rehearsal>;
  /** Sends what is due now. Returns how many messages were tried. */
  sendDue(signal: AbortSignal): Promise<number>;
  /**
   * Collects, and turns what comes in into alerts, messages and a record of the answers: until the signal comes, or once. Tells first
   * what it watches.
   */
  watch(
    options: { readonly once: boolean },
    onEvent: (event: DaemonEvent) => void,
    signal: AbortSignal,
  ): Promise<void>;
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
  /** Looks an address and a host up, by the location table and the host lists. Either may be empty. */
  locate(address: string, host: string): Promise<AssetPlace>;
  /** The routing rules that ship with the program, as text. */
  shippedRules(): Promise<string>;
  /** Copies a table into the data directory and makes it the one in use. */
  importLocation(
    files: readonly string[],
    kind: "country" | "asn" | "auto",
  ): Promise<LocationImport[]>;
  /** Ready definitions of feeds. */
  catalogue(): Promise<readonly CatalogueEntry[]>;
  formats(): Promise<readonly { name: string; title: string }[]>;
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
