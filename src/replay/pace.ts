import { setImmediate as nextTurn } from "node:timers/promises";
import { Fault } from "../core/fault.ts";

/** Steps between two breaths: some 15 ms of work. */
const STEPS_PER_BREATH = 4096;

/** Lets the event loop turn while the replay is written, so that a progress bar moves and Ctrl-C is heard. */
export class Pace {
  private done = 0;
  private readonly total: number;
  private readonly onProgress: ((done: number, total: number) => void) | undefined;
  private readonly signal: AbortSignal | undefined;

  constructor(
    total: number,
    onProgress: ((done: number, total: number) => void) | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.total = total;
    this.onProgress = onProgress;
    this.signal = signal;
  }

  /** One step of work is done; true if it is time to `breathe`. */
  step(): boolean {
    return ++this.done % STEPS_PER_BREATH === 0;
  }

  /** Reports progress and lets the event loop turn. Throws the fault `interrupted` once the signal is aborted. */
  async breathe(): Promise<void> {
    this.onProgress?.(this.done, this.total);
    await nextTurn();
    if (this.signal?.aborted) {
      throw new Fault("interrupted", "the replay was interrupted before it was whole", {
        cause: this.signal.reason,
      });
    }
  }
}
