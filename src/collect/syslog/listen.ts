import { createSocket } from "node:dgram";
import { createServer, isIPv6, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { FeedFault } from "../../app/collect-ports.ts";
import type { MessageQueue } from "../shared/message-queue.ts";
import type { SyslogOptions } from "./options.ts";
import { asLine, Framing } from "./framing.ts";
import type { SenderCheck } from "./senders.ts";
import { textOf } from "./text.ts";

/** A server that puts lines into a queue. */
interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

type Listen = (
  options: SyslogOptions,
  heard: SenderCheck,
  queue: MessageQueue<Uint8Array>,
) => Promise<Listening>;

const LINE_END = Uint8Array.of(10);
/** A sender that says nothing for so long has gone. */
/** So long a sender may take to agree on keys. */
const HANDSHAKE_MS = 30_000;
const IDLE_MS = 3_600_000;

/** Listens over TCP, or TLS over it. When the queue is full the senders wait. */
export const listenStream: Listen = async (options, heard, queue) => {
  const sockets = new Set<Socket>();
  const server = serverOf(options, (socket) => {
    if (!heard(socket.remoteAddress)) return void socket.destroy();
    sockets.add(socket);
    const framing = new Framing();
    const take = (messages: readonly Buffer[]): void => {
      if (messages.length > 0) queue.push(linesOf(messages, options.keep));
      if (!queue.full) return;
      socket.pause();
      void queue.room().then(() => socket.resume());
    };
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on("data", (chunk) => take(framing.add(chunk as Buffer)));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      take(framing.end());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(cannotListen(options, cause)));
    server.listen(options.port, options.listen, resolve);
  });
  server.on("error", (cause) => queue.fail(cannotListen(options, cause)));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : options.port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

function serverOf({ transport, tls }: SyslogOptions, onSocket: (socket: Socket) => void): Server {
  if (transport !== "tls") return createServer(onSocket);
  const { cert, key, clientCa } = tls ?? {};
  const asked = clientCa === undefined ? {} : { ca: clientCa, requestCert: true };
  const limits = { handshakeTimeout: HANDSHAKE_MS, minVersion: "TLSv1.2" } as const;
  // Whose handshake fails is not heard, and nobody else is harmed.
  return createTlsServer({ cert, key, ...asked, ...limits }, onSocket);
}

/** Listens over UDP. When the queue is full datagrams are lost, as they are on the way. */
export const listenUdp: Listen = async (options, heard, queue) => {
  const socket = createSocket(isIPv6(options.listen) ? "udp6" : "udp4");
  socket.on("message", (message, { address }) => {
    if (heard(address) && !queue.full) queue.push(linesOf([message], options.keep));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", (cause) => reject(cannotListen(options, cause)));
    socket.bind(options.port, options.listen, resolve);
  });
  socket.on("error", (cause) => queue.fail(cannotListen(options, cause)));
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
};

function linesOf(messages: readonly Buffer[], keep: SyslogOptions["keep"]): Uint8Array {
  return Buffer.concat(
    messages.flatMap((message) => [asLine(keep === "text" ? textOf(message) : message), LINE_END]),
  );
}

function cannotListen({ listen, port }: SyslogOptions, cause: Error): FeedFault {
  return new FeedFault("feed-unreachable", `cannot listen at ${listen}:${port}: ${cause.message}`, {
    cause,
  });
}
