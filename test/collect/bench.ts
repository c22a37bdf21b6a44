// A real depot in a folder of its own, and runs of collectors against it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type {
  Collector,
  CollectRun,
  Delivery,
  Depot,
  StopSignal,
} from "../../src/app/collect-ports.ts";
import { openDepot } from "../../src/collect/depot/index.ts";

/** A delivery with what lies in the spool. */
export interface Received extends Delivery {
  readonly text: string;
}

/** A folder that is removed when the test is over. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "tocsin-collect-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A depot of the test; reopened with `dir`, as after a crash. */
export async function depotIn(
  dir = folder(),
  unjournaled: Collector["unjournaled"] = "dropped",
): Promise<Depot> {
  const now = (): Date => new Date();
  const depot = await openDepot({ dir, unjournaled, remembers: true, now });
  onTestFinished(() => depot.close());
  return depot;
}

/** How a run of a test differs from the usual. */
export interface RunOptions {
  readonly signal?: StopSignal;
  readonly sleep?: CollectRun["sleep"];
  /** Ends the run, as a crash would, when so many deliveries were yielded: `before` or `after` the journal has the last. */
  readonly crash?: { readonly at: number; readonly journaled: boolean };
  onTaken?(received: Received): void;
}

/** Runs a collector to its end, as collecting does. */
export async function collectFrom(
  collector: Collector,
  depot: Depot,
  options: RunOptions = {},
): Promise<Received[]> {
  const { signal = new AbortController().signal, crash } = options;
  const received: Received[] = [];
  const run: CollectRun = {
    state: depot.state,
    spool: depot.spool,
    signal,
    known: (id) => depot.known(id),
    now: () => new Date(),
    sleep: options.sleep ?? ((ms) => delay(Math.min(ms, 20))),
  };
  const taking = collector.collect(run)[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await taking.next();
    if (done) return received;
    const crashes = crash && received.length + value.deliveries.length >= crash.at;
    // A crash asks for nothing more, and ends nothing in an orderly way.
    if (crashes && !crash.journaled) return received;
    await depot.take(value);
    for (const delivery of value.deliveries) {
      const one = { ...delivery, text: readFileSync(delivery.path, "latin1") };
      received.push(one);
      options.onTaken?.(one);
    }
    if (crashes) return received;
  }
}

/** What a server of a test was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A real HTTP server on loopback for the time of a test. */
export async function serve(
  answer: (asked: Asked, response: ServerResponse) => void,
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const one = { method, path, headers, body: Buffer.concat(parts).toString() };
      asked.push(one);
      answer(one, response);
    });
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, asked };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** The settings of HTTP in tests. */
export const usualHttp = { timeoutSeconds: 5, maxBytes: 1 << 20 };
