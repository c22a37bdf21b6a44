import type { Collector, CollectRun } from "../../app/collect-ports.ts";
import { MessageQueue } from "../shared/message-queue.ts";
import { spoolStream, type StreamSource } from "../shared/stream-spooler.ts";
import { listenStream, listenUdp } from "./listen.ts";
import type { SyslogOptions } from "./options.ts";
import { senderCheck } from "./senders.ts";

/** Bytes that may wait to be written; beyond, TCP senders wait and datagrams are lost. */
const QUEUE_BYTES = 8 << 20;

/**
 * Receives syslog messages and writes them to the spool, one a line. Nobody sends them again: what a crash leaves in the spool is
 * kept.
 */
export function makeSyslogCollector(options: SyslogOptions): Collector {
  return {
    manner: "listens",
    unjournaled: "kept",
    async *collect(run) {
      const queue = new MessageQueue<Uint8Array>(QUEUE_BYTES, ({ length }) => length);
      const stop = (): void => queue.end();
      run.signal.addEventListener("abort", stop, { once: true });
      if (run.signal.aborted) stop();
      const listen = options.transport === "udp" ? listenUdp : listenStream;
      const server = await listen(options, senderCheck(options.senders), queue);
      options.onListening?.(server.port);
      try {
        yield { deliveries: [] };
        const rotation = { ...options, messages: "lines", fileName: "syslog.log" } as const;
        yield* spoolStream(sourceOf(queue, options, run), rotation, run);
      } finally {
        run.signal.removeEventListener("abort", stop);
        await server.close();
      }
    },
  };
}

function sourceOf(
  queue: MessageQueue<Uint8Array>,
  { transport }: SyslogOptions,
  run: CollectRun,
): StreamSource<undefined> {
  let files = 0;
  return {
    async *messages() {
      for await (const lines of queue.batches())
        yield [{ bytes: Buffer.concat(lines), position: undefined }];
    },
    idOf: () => `${transport}@${run.now().toISOString()}/${files++}`,
    stateOf: () => undefined,
    acknowledge: () => Promise.resolve(),
  };
}
