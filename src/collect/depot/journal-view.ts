import { join } from "node:path";
import type {
  CollectState,
  FeedStanding,
  JournaledDelivery,
  JournalLine,
} from "../../app/collect-ports.ts";

type Open = { -readonly [K in keyof JournaledDelivery]: JournaledDelivery[K] };

/** What the lines of a journal amount to. */
export class JournalView {
  readonly #spoolDir: string;
  /** Deliveries whose file is there still. */
  readonly #present = new Map<string, Open>();
  /** Those of them that wait for ingest, and those that no format could read. */
  readonly #waiting = new Map<string, Open>();
  readonly #unread = new Map<string, Open>();
  readonly #known = new Set<string>();
  #state: CollectState | undefined;
  #standing: { -readonly [K in keyof FeedStanding]: FeedStanding[K] } = {
    deliveries: 0,
    bytes: 0,
    waiting: 0,
    unread: 0,
  };

  constructor(spoolDir: string) {
    this.#spoolDir = spoolDir;
  }

  get state(): CollectState | undefined {
    return this.#state;
  }

  get standing(): FeedStanding {
    return { ...this.#standing, waiting: this.#waiting.size, unread: this.#unread.size };
  }

  known(id: string): boolean {
    return this.#known.has(id);
  }

  /** Deliveries whose file is there still, in the order of taking. */
  present(): JournaledDelivery[] {
    return [...this.#present.values()];
  }

  waiting(): JournaledDelivery[] {
    return [...this.#waiting.values()];
  }

  unread(): JournaledDelivery[] {
    return [...this.#unread.values()];
  }

  apply(line: JournalLine): void {
    switch (line.event) {
      case "taken":
        return this.#take(line);
      case "ingested":
        return this.#ingest(line);
      case "again":
        for (const id of line.ids) this.#forgetOutcome(id);
        return;
      case "removed":
        for (const id of line.ids) this.#remove(id);
        return;
      case "run":
      case "listening":
        this.#standing.lastRunAt = line.at;
        delete this.#standing.failing;
        return;
      case "failure": {
        const { code, message, failures, retryAt } = line;
        this.#standing.failing = { code, message, failures, retryAt };
        this.#standing.lastFailure = { at: line.at, code, message };
        return;
      }
      case "known":
        for (const id of line.ids) this.#known.add(id);
        if (line.state) this.#state = line.state;
        this.#standing.deliveries += line.deliveries;
        this.#standing.bytes += line.bytes;
    }
  }

  #take({ at, deliveries, state }: JournalLine & { event: "taken" }): void {
    for (const { file, ...delivery } of deliveries) {
      this.#known.add(delivery.id);
      const present = { ...delivery, path: join(this.#spoolDir, file), takenAt: at };
      this.#present.set(delivery.id, present);
      this.#waiting.set(delivery.id, present);
      this.#standing.deliveries++;
      this.#standing.bytes += delivery.size;
      this.#standing.lastTakenAt = at;
    }
    if (state) this.#state = state;
  }

  #forgetOutcome(id: string): void {
    const delivery = this.#unread.get(id);
    if (!delivery) return;
    delete delivery.ingestedAt;
    delete delivery.outcome;
    this.#unread.delete(id);
    this.#waiting.set(id, delivery);
  }

  #ingest({ at, event: _event, id, ...outcome }: JournalLine & { event: "ingested" }): void {
    const delivery = this.#present.get(id);
    if (!delivery) return;
    delivery.ingestedAt = at;
    delivery.outcome = outcome;
    this.#waiting.delete(id);
    if (outcome.outcome === "failed") this.#unread.set(id, delivery);
  }

  #remove(id: string): void {
    for (const of of [this.#present, this.#waiting, this.#unread]) of.delete(id);
  }
}
