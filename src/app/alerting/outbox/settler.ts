import type { OutboxParts } from "./parts.ts";
import { type Outcome, settleIn } from "./settle.ts";

/** Stores outcomes: those that come while others are being stored go together into the next transaction. */
export class Settler {
  readonly #parts: OutboxParts;
  #waiting: { readonly outcome: Outcome; readonly done: (stored: Promise<void>) => void }[] = [];
  #busy = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Settles when the outcome is durable. */
  async settle(outcome: Outcome): Promise<void> {
    const stored = new Promise<void>((done) => this.#waiting.push({ outcome, done }));
    if (!this.#busy) await this.#storeAll();
    await stored;
  }

  async #storeAll(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const stored = this.#parts.cases.write(async (session) => {
        for (const { outcome } of batch) await settleIn(session, this.#parts, outcome);
      });
      for (const { done } of batch) done(stored);
      // Whoever waits for it is told.
      await stored.catch(() => undefined);
    }
    this.#busy = false;
  }
}
