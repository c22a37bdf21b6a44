import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { ParsePool, Reading } from "../app/ports.ts";
import type { ObservationColumns } from "../core/observation/index.ts";
import {
  type IntakeAnswer,
  type IntakeRequest,
  type IntakeSetup,
  makeIntake,
} from "../intake-worker.ts";

/** A reader makes little garbage: what Node would set aside for it is memory of the process for nothing. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** A pool that can be closed. */
export interface ClosablePool extends ParsePool {
  close(): Promise<void>;
}

/** Reads on the caller's thread: for little input, where starting threads would take longer than reading. */
export function openInlinePool(setup: IntakeSetup): ClosablePool {
  const read = makeIntake(setup);
  const slabs: ArrayBuffer[] = [];
  return {
    width: 1,
    parse: (reading, block) => Promise.resolve().then(() => read(reading, block, slabs.pop())),
    release: (columns) => void slabs.push(slabOf(columns)),
    close: () => Promise.resolve(),
  };
}

/** Reads on `jobs` worker threads; each block goes to the thread that has least under way. */
export function openThreadPool(setup: IntakeSetup, jobs: number): ClosablePool {
  const module = new URL("../intake-worker.js", import.meta.url);
  if (!existsSync(module)) return openInlinePool(setup);
  const threads = Array.from({ length: jobs }, () => new IntakeThread(module, setup));
  const slabs: ArrayBuffer[] = [];
  return {
    width: 2 * jobs + 1,
    parse: (reading, block) =>
      threads
        .reduce((a, b) => (b.underWay < a.underWay ? b : a))
        .parse(reading, block, slabs.pop()),
    release: (columns) => void slabs.push(slabOf(columns)),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** The one buffer that all row arrays of columns lie in. */
function slabOf(columns: ObservationColumns): ArrayBuffer {
  return columns.identity.buffer as ArrayBuffer;
}

interface Waiting {
  resolve(columns: ObservationColumns): void;
  reject(error: unknown): void;
}

class IntakeThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;

  constructor(module: URL, setup: IntakeSetup) {
    this.#worker = new Worker(module, { workerData: setup, resourceLimits: LIMITS });
    this.#worker.on("message", (answer: IntakeAnswer) => this.#take(answer));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.unref();
  }

  get underWay(): number {
    return this.#waiting.size;
  }

  parse(
    reading: Reading,
    block: Uint8Array<ArrayBuffer>,
    slab: ArrayBuffer | undefined,
  ): Promise<ObservationColumns> {
    const id = ++this.#requests;
    const request: IntakeRequest = { id, reading, block, slab };
    this.#worker.ref();
    this.#worker.postMessage(request, slab ? [block.buffer, slab] : [block.buffer]);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(answer: IntakeAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("columns" in answer) waiting?.resolve(answer.columns);
    else waiting?.reject(answer.error);
  }

  #fail(error: unknown): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
