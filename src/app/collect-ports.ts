/**
 * What the collecting of feeds needs from the outside. Each way in (`collect/<way>`) is a {@link Collector}; the spool and the
 * journal of a feed are the {@link Depot}.
 */
import { Fault, type FaultCode } from "../core/fault.ts";

/** Where a collector goes on at its next run: an ETag, a cursor, a UID. Plain JSON that only the collector itself understands. */
export type CollectState = Readonly<Record<string, unknown>>;

/** Tells that the work is to stop; the platform's AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What is known of a delivery besides its bytes: sender, subject, what the mail server said of DKIM. */
export type DeliveryFacts = Readonly<Record<string, string>>;

/** One file or message of a feed, whole and durable in the spool. */
export interface Delivery {
  /** The remote side's name of it, never the same for another one: a report's id, mailbox and UID, `key@etag`. */
  readonly id: string;
  /** The file name that the remote side gave, made harmless: a format may know its reports by it. */
  readonly name: string;
  /** Where it lies. */
  readonly path: string;
  /** Bytes on disk. */
  readonly size: number;
  /** SHA-256 of these bytes, hex. */
  readonly sha256: string;
  readonly facts?: DeliveryFacts;
}

/** What is written to the spool. */
export interface SpoolEntry {
  readonly id: string;
  readonly name: string;
  /** More than this is refused with Fault `input-too-large`. */
  readonly maxBytes?: number;
  readonly facts?: DeliveryFacts;
}

/** A delivery that is being written. Nobody sees it before `commit`. */
export interface SpoolFile {
  readonly bytes: number;
  /** SHA-256 of what was written so far, hex. */
  sha256(): string;
  /** Throws Fault `input-too-large` beyond `maxBytes`. */
  write(chunk: Uint8Array): Promise<void>;
  /** Makes it durable under its name: the bytes, then the name. */
  commit(): Promise<Delivery>;
  discard(): Promise<void>;
}

/** Where a collector puts what it receives. */
export interface Spool {
  open(entry: SpoolEntry): Promise<SpoolFile>;
  /** Writes all chunks and commits; leaves nothing behind if that fails. */
  put(
    entry: SpoolEntry,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<Delivery>;
}

/** What was received, and where to go on. */
export interface Taken {
  readonly deliveries: readonly Delivery[];
  /** Absent: the state stays as it is. */
  readonly state?: CollectState;
}

/** One run of a collector. */
export interface CollectRun {
  /** As the last `Taken` had it; `undefined` at the very first run. */
  readonly state: CollectState | undefined;
  readonly spool: Spool;
  readonly signal: StopSignal;
  /** Whether the journal has a delivery with this id: it is not to be fetched again. */
  known(id: string): boolean;
  now(): Date;
  /** Ends early when the run is to stop. */
  sleep(ms: number): Promise<void>;
}

/**
 * A way in, set up for one feed.
 *
 * 1. What `collect` yields lies in the spool, durable. When it is asked for the next, the journal has the last, durable too:
 *    only then may the remote side be told anything (a mail marked, a message acknowledged, a file removed).
 * 2. A collector that polls ends when it has all there is; one that listens goes on until the signal, and yields first when it
 *    does listen.
 * 3. It yields soon and often: what was yielded is not fetched again after a crash.
 * 4. It fails with a {@link FeedFault}, or with another Fault where the fault is ours.
 */
export interface Collector {
  readonly manner: "polls" | "listens";
  /**
   * What becomes, after a crash, of bytes that the journal does not have: `dropped`, as the remote side still has them and will
   * give them again; `kept`, as it was never going to (syslog).
   */
  readonly unjournaled: "dropped" | "kept";
  collect(run: CollectRun): AsyncIterable<Taken>;
}

/** Tells that something may have come before the schedule looks. What comes while nobody asks is told when somebody does. */
export interface Stir {
  /** Settles with the first change since it settled last; perhaps never. */
  next(): Promise<void>;
  close(): void;
}

/** A failure of the remote side, and when it wants to be asked again. */
export class FeedFault extends Fault {
  /** From Retry-After and its like, seconds from the answer on. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: FaultCode & `feed-${string}`,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterSeconds?: number | undefined } = {},
  ) {
    super(code, message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** What became of a delivery in ingest. */
export interface DeliveryOutcome {
  readonly outcome: "stored" | "known" | "empty" | "failed";
  readonly rows: number;
  readonly kept: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Absent in journals of programs that did not count them. */
  readonly skipped?: number;
  /** What went wrong, for people. */
  readonly problem?: string;
}

/** A line of a feed's journal. Times are ISO 8601. */
export type JournalLine =
  | {
      readonly at: string;
      readonly event: "taken";
      /** `file` is the name in the spool. */
      readonly deliveries: readonly (Omit<Delivery, "path"> & { readonly file: string })[];
      readonly state?: CollectState;
    }
  | ({ readonly at: string; readonly event: "ingested"; readonly id: string } & DeliveryOutcome)
  /** They are to be ingested once more. */
  | { readonly at: string; readonly event: "again"; readonly ids: readonly string[] }
  | { readonly at: string; readonly event: "removed"; readonly ids: readonly string[] }
  | {
      /** A run ended as it should, with or without something new. */
      readonly at: string;
      readonly event: "run";
      readonly seconds: number;
      readonly deliveries: number;
      readonly bytes: number;
    }
  | {
      /** What lines that were taken out of the journal amounted to. */
      readonly at: string;
      readonly event: "known";
      readonly ids: readonly string[];
      readonly state?: CollectState;
      readonly deliveries: number;
      readonly bytes: number;
    }
  /** One that listens does so now. */
  | { readonly at: string; readonly event: "listening" }
  | {
      readonly at: string;
      readonly event: "failure";
      readonly code: string;
      readonly message: string;
      /** Failures in a row, this one included. */
      readonly failures: number;
      readonly retryAt: string;
    };

/** A delivery in the journal. */
export interface JournaledDelivery extends Delivery {
  readonly takenAt: string;
  /** Absent while it waits for ingest. */
  readonly ingestedAt?: string;
  readonly outcome?: DeliveryOutcome;
}

/** How collecting stands for a feed. */
export interface FeedStanding {
  /** The end of the last run that went well; of one that listens, its beginning. */
  readonly lastRunAt?: string;
  /** The failures in a row that the last run ended; absent if it went well. */
  readonly failing?: {
    readonly failures: number;
    readonly code: string;
    readonly message: string;
    readonly retryAt: string;
  };
  /** The last failure that the journal has, also if runs went well since. */
  readonly lastFailure?: { readonly at: string; readonly code: string; readonly message: string };
  /** Deliveries in the journal, and their bytes. */
  readonly deliveries: number;
  readonly bytes: number;
  readonly lastTakenAt?: string;
  /** Deliveries that wait for ingest, and those that no format could read. */
  readonly waiting: number;
  readonly unread: number;
}

/**
 * The spool and the journal of one feed.
 *
 * 1. Every journal method returns when the line is durable.
 * 2. A line that a crash cut short was never acknowledged to anybody, and does not count.
 */
export interface Depot {
  readonly spool: Spool;
  readonly state: CollectState | undefined;
  readonly standing: FeedStanding;
  known(id: string): boolean;
  /** Journals what a collector yielded. */
  take(taken: Taken): Promise<void>;
  listening(): Promise<void>;
  ended(run: { seconds: number; deliveries: number; bytes: number }): Promise<void>;
  failed(failure: {
    code: string;
    message: string;
    failures: number;
    retryAt: string;
  }): Promise<void>;
  ingested(id: string, outcome: DeliveryOutcome): Promise<void>;
  /** What waits for ingest, in the order of taking. */
  waiting(): JournaledDelivery[];
  /** What no format could read. */
  unread(): JournaledDelivery[];
  /** Lets what no format could read wait for ingest once more. */
  tryAgain(): Promise<void>;
  /** Removes the files that were ingested before this time; what failed stays until somebody looks. */
  prune(before: Date): Promise<void>;
  close(): Promise<void>;
}

/** When a feed is due. */
export interface Schedule {
  /** The first time after this one. */
  next(after: Date): Date;
}
