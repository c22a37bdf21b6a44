import type { StopSignal } from "../collect-ports.ts";
import type { CollectSummary } from "./collect-report.ts";
import type { CollectedFeed, CollectTools } from "./collected-feed.ts";
import { collectForever, collectOnce, dueAt, type LoopSurroundings } from "./feed-loop.ts";
import { Gate, Slots } from "./gate.ts";
import { IngestQueue } from "./ingest-queue.ts";
import { CollectLedger } from "./ledger.ts";

/** What to collect, and how. */
export interface CollectJob {
  readonly feeds: readonly CollectedFeed[];
  /** Every feed that is due once, or for ever. */
  readonly once: boolean;
  /** With `once`: the feeds that were asked for by name, due or not. */
  readonly asked: ReadonlySet<string>;
  /** Bytes that may wait for ingest in all spools. */
  readonly spoolBytes: number;
  /** Fetches at one time. */
  readonly fetches: number;
  readonly signal: StopSignal;
}

/**
 * Collects feeds and ingests what they deliver. Fetching and ingesting go side by side; a feed waits for nothing but for more
 * urgent ones, its schedule, and room in the spool.
 */
export async function collect(tools: CollectTools, job: CollectJob): Promise<CollectSummary> {
  const ledger = new CollectLedger();
  const queue = new IngestQueue(tools, job.feeds, ledger);
  const stopper = tools.stopper();
  const stop = (): void => stopper.stop();
  if (job.signal.aborted) stop();
  job.signal.addEventListener("abort", stop, { once: true });
  const waiting = (): number =>
    job.feeds.reduce((sum, { depot }) => {
      return depot.waiting().reduce((bytes, { size }) => bytes + size, sum);
    }, 0);
  const room = new Gate(job.spoolBytes, waiting);
  const around: LoopSurroundings = {
    tools,
    ledger,
    slots: new Slots(job.fetches),
    room,
    unreadBytes: job.spoolBytes / 4,
    taken: () => queue.notify(),
    signal: stopper.signal,
  };
  const fetching = Promise.all(job.feeds.map((feed) => loop(feed, job, around))).finally(() =>
    queue.close(),
  );
  const ingesting = queue.run(stopper.signal, () => room.check());
  try {
    await Promise.all([fetching, ingesting]);
  } finally {
    // Where one side failed, the other is not left running.
    stop();
    await Promise.allSettled([fetching, ingesting]);
    job.signal.removeEventListener("abort", stop);
  }
  return { feeds: ledger.summaries(), interrupted: job.signal.aborted };
}

async function loop(feed: CollectedFeed, job: CollectJob, around: LoopSurroundings): Promise<void> {
  const summary = around.ledger.of(feed.name);
  if (!job.once) return collectForever(feed, around);
  if (feed.manner === "listens") summary.outcome = "listens";
  else if (job.asked.has(feed.name) || dueAt(feed, around.tools.now()) <= around.tools.now())
    await collectOnce(feed, around);
}
