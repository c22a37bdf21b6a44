import { isFault } from "../../core/fault.ts";
import type { DeliveryOutcome, JournaledDelivery, StopSignal } from "../collect-ports.ts";
import type { CollectedFeed, CollectTools } from "./collected-feed.ts";
import type { CollectLedger } from "./ledger.ts";
import { retryDelay } from "./retry.ts";
import { addOutcomes, settle } from "./settle.ts";

/** What one ingest is given at most: enough for few transactions, little enough to end soon. */
const MOST_FILES = 200;
const MOST_BYTES = 256 << 20;
const MS_A_DAY = 86_400_000;

/**
 * Feeds what lies in the spools into the store, the most urgent first. A delivery that is more urgent than what is being
 * ingested stops that: its rows so far are committed, and it goes on later behind them.
 */
export class IngestQueue {
  readonly #tools: CollectTools;
  readonly #feeds: readonly CollectedFeed[];
  readonly #ledger: CollectLedger;
  /** By id, of deliveries that were stopped half way. */
  readonly #begun = new Map<string, DeliveryOutcome>();
  #current: { readonly feed: CollectedFeed; stop(): void } | undefined;
  #wake: () => void = () => undefined;
  #closing = false;
  #failures = 0;

  constructor(tools: CollectTools, feeds: readonly CollectedFeed[], ledger: CollectLedger) {
    this.#tools = tools;
    this.#feeds = feeds;
    this.#ledger = ledger;
  }

  /** Tells that a feed has something. */
  notify(feed: CollectedFeed): void {
    if (this.#current && feed.priority < this.#current.feed.priority) this.#current.stop();
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
      this.#current?.stop();
      this.#wake();
    };
    signal.addEventListener("abort", stop, { once: true });
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const next = this.#next();
      if (next) await this.#attempt(next.feed, next.deliveries, signal);
      else if (this.#closing) break;
      else await woken;
      done();
    }
    signal.removeEventListener("abort", stop);
  }

  #next(): { feed: CollectedFeed; deliveries: JournaledDelivery[] } | undefined {
    let best: { feed: CollectedFeed; deliveries: JournaledDelivery[] } | undefined;
    for (const feed of this.#feeds) {
      if (best && feed.priority > best.feed.priority) continue;
      const deliveries = feed.depot.waiting();
      const [first] = deliveries;
      if (!first) continue;
      if (best?.feed.priority === feed.priority && best.deliveries[0]!.takenAt <= first.takenAt)
        continue;
      best = { feed, deliveries };
    }
    return best && { feed: best.feed, deliveries: portion(best.deliveries) };
  }

  async #attempt(
    feed: CollectedFeed,
    deliveries: readonly JournaledDelivery[],
    signal: StopSignal,
  ): Promise<void> {
    try {
      await this.#ingest(feed, deliveries);
      this.#failures = 0;
    } catch (error) {
      // A full disk may have room again; what else ails the store, somebody must look at.
      if (!isFault(error) || error.retry === "permanent" || this.#closing) throw error;
      const { code, message } = error;
      const delay = retryDelay(++this.#failures, this.#tools.random(), undefined);
      const retryAt = new Date(this.#tools.now().getTime() + delay).toISOString();
      this.#tools.onEvent({ event: "failure", feed: feed.name, code, message, retryAt });
      await this.#tools.sleep(delay, signal);
    }
  }

  async #ingest(feed: CollectedFeed, deliveries: readonly JournaledDelivery[]): Promise<void> {
    const stopper = this.#tools.stopper();
    this.#current = { feed, stop: () => stopper.stop() };
    try {
      const summary = await this.#tools.ingest(feed.name, deliveries, stopper.signal);
      const told = { deliveries: 0, rows: 0, kept: 0, refused: 0 };
      for (const { delivery, outcome, done } of settle(deliveries, summary)) {
        const before = this.#begun.get(delivery.id);
        const sum = before ? addOutcomes(before, outcome) : outcome;
        if (!done) {
          this.#begun.set(delivery.id, sum);
          continue;
        }
        this.#begun.delete(delivery.id);
        await feed.depot.ingested(delivery.id, sum);
        this.#ledger.addOutcome(feed.name, sum);
        told.deliveries++;
        told.rows += sum.rows;
        told.kept += sum.kept;
        told.refused += sum.refused;
        const { name } = delivery;
        const { problem } = sum;
        if (problem !== undefined)
          this.#tools.onEvent({ event: "unread", feed: feed.name, name, problem });
      }
      if (told.deliveries > 0) this.#tools.onEvent({ event: "ingested", feed: feed.name, ...told });
    } finally {
      this.#current = undefined;
    }
    await feed.depot.prune(new Date(this.#tools.now().getTime() - feed.keepDays * MS_A_DAY));
  }
}

function portion(deliveries: readonly JournaledDelivery[]): JournaledDelivery[] {
  let bytes = 0;
  const end = deliveries.findIndex(({ size }, at) => {
    bytes += size;
    return at >= MOST_FILES || (at > 0 && bytes > MOST_BYTES);
  });
  return end < 0 ? [...deliveries] : deliveries.slice(0, end);
}
