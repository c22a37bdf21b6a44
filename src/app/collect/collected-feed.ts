import type {
  Collector,
  Depot,
  JournaledDelivery,
  Schedule,
  Stir,
  StopSignal,
} from "../collect-ports.ts";
import type { GiveWay, IngestSummary } from "../ingest-report.ts";
import type { CollectEvent } from "./collect-report.ts";
import type { Priority } from "./priority.ts";

/** A feed that is collected. */
export interface CollectedFeed {
  readonly name: string;
  readonly priority: Priority;
  readonly manner: Collector["manner"];
  readonly schedule: Schedule;
  /** How long files stay in the spool after they were ingested. */
  readonly keepDays: number;
  readonly depot: Depot;
  /** Begins to tell that something may have come; absent where nothing can. */
  readonly stir?: () => Stir;
  /** Makes its collector, with its secrets as they are now. */
  open(): Promise<Collector>;
}

/** What collecting works with. */
export interface CollectTools {
  now(): Date;
  /** 0 to 1, 1 not included. */
  random(): number;
  /** Ends early when the signal says stop. */
  sleep(ms: number, signal: StopSignal): Promise<void>;
  /** A signal of its own, that says stop when asked to. */
  stopper(): { readonly signal: StopSignal; stop(): void };
  ingest(
    feed: string,
    deliveries: readonly JournaledDelivery[],
    signal: StopSignal,
    giveWay: GiveWay,
  ): Promise<IngestSummary>;
  onEvent(event: CollectEvent): void;
}
