import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { CollectRun, Delivery, SpoolFile } from "../../app/collect-ports.ts";
import { isFault } from "../../core/fault.ts";
import { fileNameOf } from "../shared/file-name.ts";
import type { MessageQueue } from "../shared/message-queue.ts";
import type { PushOptions } from "./options.ts";

/** A file that lies in the spool, and whose pusher waits to hear that it is ours. */
export interface Pushed {
  readonly delivery: Delivery;
  taken(): void;
}

const RETRY_SECONDS = 10;

/** Takes pushes into the spool and puts them into a queue. */
export class PushServer {
  readonly server: Server;
  readonly #options: PushOptions;
  readonly #run: CollectRun;
  readonly #queue: MessageQueue<Pushed>;
  /** Ids in the queue. */
  readonly #waiting = new Set<string>();

  constructor(options: PushOptions, run: CollectRun, queue: MessageQueue<Pushed>) {
    this.#options = options;
    this.#run = run;
    this.#queue = queue;
    const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
      this.#answer(request, response).catch(() => response.destroy());
    };
    const limits = { requestTimeout: 600_000, headersTimeout: 30_000 };
    this.server = options.tls
      ? createTlsServer({ ...limits, ...options.tls }, onRequest)
      : createServer(limits, onRequest);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers } = request;
    if (!this.#trusted(headers.authorization))
      return say(response, 401, "who are you?", { "www-authenticate": "Bearer" });
    if (method !== "POST" && method !== "PUT")
      return say(response, 405, "push with POST or PUT", { allow: "POST, PUT" });
    if (this.#queue.full || this.#run.signal.aborted) return sayLater(response);
    if (Number(headers["content-length"] ?? 0) > this.#options.maxBytes)
      return say(response, 413, "too large", { connection: "close" });
    await this.#take(request, response);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://push");
    const name = fileNameOf(request.headers["content-disposition"], url);
    const { maxBytes } = this.#options;
    const file = await this.#run.spool.open({ id: name, name, maxBytes });
    try {
      for await (const chunk of request) await file.write(chunk as Uint8Array);
      await this.#keep(file, request, response);
    } catch (error) {
      await file.discard();
      if (isFault(error, "input-too-large"))
        say(response, 413, "too large", { connection: "close" });
      else if (isFault(error)) sayLater(response);
      else throw error;
    }
  }

  async #keep(
    file: SpoolFile,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const key = headers["idempotency-key"];
    const id = typeof key === "string" ? `key:${key.slice(0, 200)}` : file.sha256();
    const known = this.#run.known(id);
    if (file.bytes === 0 || known || this.#waiting.has(id)) {
      await file.discard();
      if (file.bytes === 0) return say(response, 400, "there is nothing in it");
      // The other one of the two is on its way to the journal: it is not ours yet.
      return known ? say(response, 202, id) : sayLater(response);
    }
    this.#waiting.add(id);
    const delivery = await file.commit().catch((error: unknown) => {
      this.#waiting.delete(id);
      throw error;
    });
    const taken = (): void => {
      this.#waiting.delete(id);
      say(response, 202, id);
    };
    this.#queue.push({ delivery: { ...delivery, id }, taken });
  }

  /** Compares digests, which takes as long whatever the token. */
  #trusted(authorization: string | undefined): boolean {
    const given = /^bearer +(.+)$/i.exec(authorization ?? "")?.[1] ?? "";
    return timingSafeEqual(digest(given), digest(this.#options.token.reveal()));
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function say(
  response: ServerResponse,
  status: number,
  what: string,
  headers: Record<string, string> = {},
): void {
  const member = status < 300 ? { id: what } : { error: what };
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(`${JSON.stringify(member)}\n`);
}

function sayLater(response: ServerResponse): void {
  say(response, 503, "come back later", { "retry-after": String(RETRY_SECONDS) });
}
