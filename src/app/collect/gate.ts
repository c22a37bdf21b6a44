import type { StopSignal } from "../collect-ports.ts";
import { type Priority, shareOf } from "./priority.ts";

interface Waiting {
  readonly priority: Priority;
  readonly pass: () => void;
}

/**
 * Bounds something that is used up and given back, such as the bytes of the spool: who is more urgent may use more of it, and
 * passes first.
 */
export class Gate {
  readonly #limit: number;
  readonly #used: () => number;
  #waiting: Waiting[] = [];

  constructor(limit: number, used: () => number) {
    this.#limit = limit;
    this.#used = used;
  }

  /** Returns when there is room for this priority, or when the signal says stop. */
  async pass(priority: Priority, signal: StopSignal): Promise<void> {
    if (signal.aborted || this.hasRoom(priority)) return;
    let pass = (): void => undefined;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    signal.addEventListener("abort", pass, { once: true });
    this.#waiting.push({ priority, pass });
    await passed;
    signal.removeEventListener("abort", pass);
  }

  /** Tells that something was given back. */
  check(): void {
    const waiting = this.#waiting.toSorted((a, b) => a.priority - b.priority);
    this.#waiting = waiting.filter(({ priority, pass }) => {
      if (!this.hasRoom(priority)) return true;
      pass();
      return false;
    });
  }

  /** Whether this priority may use more now. */
  hasRoom(priority: Priority): boolean {
    return this.#used() < shareOf(this.#limit, priority);
  }
}

/** Places that are taken and given back, such as fetches at one time. */
export class Slots {
  #taken = 0;
  readonly #gate: Gate;

  constructor(limit: number) {
    this.#gate = new Gate(limit, () => this.#taken);
  }

  /** Does something in a place of its own, as soon as there is one. */
  async hold<T>(priority: Priority, signal: StopSignal, act: () => Promise<T>): Promise<T> {
    do await this.#gate.pass(priority, signal);
    while (!signal.aborted && !this.#gate.hasRoom(priority));
    this.#taken++;
    try {
      return await act();
    } finally {
      this.#taken--;
      this.#gate.check();
    }
  }
}
