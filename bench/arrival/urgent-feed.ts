/** A feed of priority P1 that gets one small file every second. */
import { setTimeout as delay } from "node:timers/promises";
import { Fault } from "#tocsin/core/fault.js";

/** Rows of each of its files. */
export const URGENT_ROWS = 20;
export const TOKEN = "bench";

const EVERY_MS = 1000;
const FIRST_TIME = Date.parse("2026-03-03T00:00:00Z");

/** Pushes a file every second until it is stopped. */
export class UrgentFeed {
  /** When the push of each file began, milliseconds since 1970, by its id. */
  readonly sent = new Map<string, number>();
  readonly #url: string;
  #stopped = false;
  #pushing: Promise<void> = Promise.resolve();

  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}/events.jsonl`;
  }

  start(): void {
    this.#pushing = this.#run();
    // Whoever stops it is told.
    this.#pushing.catch(() => undefined);
  }

  /** Returns when the last push was answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#pushing;
  }

  async #run(): Promise<void> {
    const begun = Date.now();
    for (let n = 0; !this.#stopped; n++) {
      await delay(Math.max(0, begun + n * EVERY_MS - Date.now()));
      await this.#push(n);
    }
  }

  async #push(n: number): Promise<void> {
    const key = `second-${n}`;
    this.sent.set(`key:${key}`, Date.now());
    const headers = { authorization: `Bearer ${TOKEN}`, "idempotency-key": key };
    const answer = await fetch(this.#url, { method: "POST", headers, body: fileOf(n) });
    if (answer.status !== 202)
      throw new Fault("usage", `a push was answered with ${answer.status}`);
  }
}

/** Bots that call their controllers, as IntelMQ events; each file has its own. */
function fileOf(n: number): string {
  const lines = Array.from({ length: URGENT_ROWS }, (_, row) => {
    const at = n * URGENT_ROWS + row;
    return JSON.stringify({
      "time.source": new Date(FIRST_TIME + at * 1000).toISOString(),
      "classification.type": "infected-system",
      "malware.name": "nightjar",
      "source.ip": `240.1.${(at >> 8) & 255}.${at & 255}`,
      "destination.ip": `248.0.${row}.1`,
      "destination.port": 443,
    });
  });
  return `${lines.join("\n")}\n`;
}
