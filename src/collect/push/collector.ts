import type { AddressInfo } from "node:net";
import { type Collector, type CollectRun, FeedFault, type Taken } from "../../app/collect-ports.ts";
import { MessageQueue } from "../shared/message-queue.ts";
import type { PushOptions } from "./options.ts";
import { type Pushed, PushServer } from "./server.ts";

/** Files that may wait for the journal; beyond, pushers are asked to come back. */
const MOST_WAITING = 64;

/**
 * Takes files that are pushed with POST or PUT. A pusher gets 202 when its file is durable, and may push again as long as it has
 * none: what is known already is not taken twice.
 */
export function makePushCollector(options: PushOptions): Collector {
  return {
    manner: "listens",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: PushOptions, run: CollectRun): AsyncGenerator<Taken> {
  const queue = new MessageQueue<Pushed>(MOST_WAITING, () => 1);
  const stop = (): void => queue.end();
  run.signal.addEventListener("abort", stop, { once: true });
  if (run.signal.aborted) stop();
  const { server } = new PushServer(options, run, queue);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(cannotListen(options, cause)));
    server.listen(options.port, options.listen, resolve);
  });
  server.on("error", (cause) => queue.fail(cannotListen(options, cause)));
  options.onListening?.((server.address() as AddressInfo).port);
  try {
    yield { deliveries: [] };
    for await (const pushed of queue.batches()) {
      yield { deliveries: pushed.map(({ delivery }) => delivery) };
      for (const one of pushed) one.taken();
    }
  } finally {
    run.signal.removeEventListener("abort", stop);
    // Those that are answered already end by themselves; the others push again.
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      setTimeout(() => server.closeAllConnections(), 200);
    });
  }
}

function cannotListen({ listen, port }: PushOptions, cause: Error): FeedFault {
  return new FeedFault("feed-unreachable", `cannot listen at ${listen}:${port}: ${cause.message}`, {
    cause,
  });
}
