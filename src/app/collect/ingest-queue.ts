import { isFault } from "../../core/fault.ts";
import type { JournaledDelivery, StopSignal } from "../collect-ports.ts";
import type { GiveWay, IngestSummary } from "../ingest-report.ts";
import type { CollectedFeed, CollectTools } from "./collected-feed.ts";
import type { CollectLedger } from "./ledger.ts";
import { retryDelay } from "./retry.ts";
import { settle } from "./settle.ts";

/** What one ingest is given at most: enough for few transactions, little enough to end soon. */
const MOST_FILES = 200;
const MOST_BYTES = 256 << 20;
/**
 * A less urgent ingest goes on for so long before it gives way once more, and begins no further one of those that pass it after
 * so long: else small files that keep coming would starve it.
 */
const TURN_MS = 1000;
const MS_A_DAY = 86_400_000;
/** Less urgent than any feed. */
const LEAST_URGENT = Infinity;

/**
 * Feeds what lies in the spools into the store, the most urgent first. What is being ingested gives way at its next block to a
 * delivery that is more urgent: its rows so far are committed, and it goes on where it was.
 */
export class IngestQueue {
  readonly #tools: CollectTools;
  readonly #feeds: readonly CollectedFeed[];
  readonly #ledger: CollectLedger;
  /** Those under way: each of them gave way to the next. */
  readonly #stops = new Set<() => void>();
  /** Why ingesting cannot go on, of one to which others gave way. */
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;
  #closing = false;
  #failures = 0;

  constructor(tools: CollectTools, feeds: readonly CollectedFeed[], ledger: CollectLedger) {
    this.#tools = tools;
    this.#feeds = feeds;
    this.#ledger = ledger;
  }

  /** Tells that a feed has something. */
  notify(): void {
    this.#wake();
  }

  /** Tells that nothing will come any more: `run` ends when all is ingested. */
  close(): void {
    this.#closing = true;
    this.#wake();
  }

  /** Ingests until closed and empty, or until the signal says stop. `done` is called when room was made in a spool. */
  async run(signal: StopSignal, done: () => void): Promise<void> {
    const stop = (): void => {
      this.#stopAll();
      this.#wake();
    };
    signal.addEventListener("abort", stop, { once: true });
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const next = this.#next(LEAST_URGENT);
      if (next) await this.#attempt(next, signal, done);
      else if (this.#closing) break;
      else await woken;
      if (this.#failure) throw this.#failure.error;
    }
    signal.removeEventListener("abort", stop);
  }

  /** What is to be ingested next, of feeds that are more urgent than this. */
  #next(than: number): Portion | undefined {
    let best: Portion | undefined;
    for (const feed of this.#feeds) {
      if (feed.priority >= than || (best && feed.priority > best.feed.priority)) continue;
      const deliveries = feed.depot.waiting();
      const [first] = deliveries;
      if (!first) continue;
      if (best?.feed.priority === feed.priority && best.deliveries[0]!.takenAt <= first.takenAt)
        continue;
      best = { feed, deliveries };
    }
    return best && { feed: best.feed, deliveries: portion(best.deliveries) };
  }

  async #attempt(next: Portion, signal: StopSignal, done: () => void): Promise<void> {
    try {
      await this.#ingest(next, signal, done);
      this.#failures = 0;
      done();
    } catch (error) {
      // A full disk may have room again; what else ails the store, somebody must look at.
      if (!isFault(error) || error.retry === "permanent" || this.#closing) throw error;
      const { code, message } = error;
      const delay = retryDelay(++this.#failures, this.#tools.random(), undefined);
      const retryAt = new Date(this.#tools.now().getTime() + delay).toISOString();
      this.#tools.onEvent({ event: "failure", feed: next.feed.name, code, message, retryAt });
      await this.#tools.sleep(delay, signal);
    }
  }

  async #ingest(
    { feed, deliveries }: Portion,
    signal: StopSignal,
    done: () => void,
  ): Promise<void> {
    const stopper = this.#tools.stopper();
    const stop = (): void => stopper.stop();
    this.#stops.add(stop);
    try {
      const giveWay = this.#giveWay(feed, signal, done);
      const summary = await this.#tools.ingest(feed.name, deliveries, stopper.signal, giveWay);
      await this.#settle(feed, deliveries, summary);
    } finally {
      this.#stops.delete(stop);
    }
    await feed.depot.prune(new Date(this.#tools.now().getTime() - feed.keepDays * MS_A_DAY));
  }

  /** How an ingest of this feed lets more urgent ones go first. */
  #giveWay({ priority }: CollectedFeed, signal: StopSignal, done: () => void): GiveWay {
    const clock = (): number => this.#tools.now().getTime();
    const next = (): Portion | undefined =>
      signal.aborted || this.#failure ? undefined : this.#next(priority);
    let wentOn = -Infinity;
    return {
      get wanted() {
        const now = clock();
        // A clock that was put back is no reason to let nobody pass.
        return (now < wentOn || now - wentOn >= TURN_MS) && next() !== undefined;
      },
      pass: async () => {
        const began = clock();
        try {
          for (let urgent = next(); urgent; urgent = next()) {
            await this.#attempt(urgent, signal, done);
            if (clock() - began >= TURN_MS) break;
          }
        } catch (error) {
          // It is not for whoever gave way to judge.
          this.#failure = { error };
          this.#stopAll();
        }
        wentOn = clock();
      },
    };
  }

  async #settle(
    feed: CollectedFeed,
    deliveries: readonly JournaledDelivery[],
    summary: IngestSummary,
  ): Promise<void> {
    const told = { deliveries: 0, rows: 0, kept: 0, refused: 0 };
    for (const { delivery, outcome, done } of settle(deliveries, summary)) {
      if (!done) continue;
      await feed.depot.ingested(delivery.id, outcome);
      this.#ledger.addOutcome(feed.name, outcome);
      told.deliveries++;
      told.rows += outcome.rows;
      told.kept += outcome.kept;
      told.refused += outcome.refused;
      const { name } = delivery;
      const { problem } = outcome;
      if (problem !== undefined)
        this.#tools.onEvent({ event: "unread", feed: feed.name, name, problem });
    }
    if (told.deliveries > 0) this.#tools.onEvent({ event: "ingested", feed: feed.name, ...told });
  }

  #stopAll(): void {
    for (const stop of this.#stops) stop();
  }
}

/** What one ingest is given. */
interface Portion {
  readonly feed: CollectedFeed;
  readonly deliveries: readonly JournaledDelivery[];
}

function portion(deliveries: readonly JournaledDelivery[]): JournaledDelivery[] {
  let bytes = 0;
  const end = deliveries.findIndex(({ size }, at) => {
    bytes += size;
    return at >= MOST_FILES || (at > 0 && bytes > MOST_BYTES);
  });
  return end < 0 ? [...deliveries] : deliveries.slice(0, end);
}
