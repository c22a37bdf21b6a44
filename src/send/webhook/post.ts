import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Readable } from "node:stream";
import type { StopSignal } from "../../app/case-ports.ts";

/** What a server said to a body. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string;
  /** The beginning of what it wrote. */
  readonly text: string;
}

/** No answer came. */
export class NoAnswer extends Error {
  /** The server may have all of the body. */
  readonly afterBody: boolean;

  constructor(message: string, afterBody: boolean) {
    super(message);
    this.afterBody = afterBody;
  }
}

/** How to post. */
export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Certificates (PEM) that are trusted in place of those of the platform. */
  readonly ca?: string;
  /** For the whole. */
  readonly timeoutSeconds: number;
}

const CHUNK = 65_536;
const MOST_TEXT = 500;

/** Posts a body over a connection of its own, and follows nothing. Throws NoAnswer. */
export function post(
  url: URL,
  body: Uint8Array,
  { headers, ca, timeoutSeconds }: PostOptions,
  stop: StopSignal,
): Promise<Answer> {
  const ask = url.protocol === "https:" ? requestHttps : requestHttp;
  const secured = url.protocol === "https:" ? "secureConnect" : "connect";
  return new Promise((resolve, reject) => {
    let connected = false;
    let bodyOut = false;
    const request = ask(url, {
      method: "POST",
      headers: { ...headers, "content-length": String(body.length) },
      agent: false,
      ...(ca === undefined ? {} : { ca }),
    });
    const fail = (reason: string): void => {
      reject(new NoAnswer(reason, connected && bodyOut));
      request.destroy();
    };
    const onStop = (): void => {
      if (!(connected && bodyOut)) fail("stopped");
    };
    const timer = setTimeout(() => fail(`no answer in ${timeoutSeconds} s`), timeoutSeconds * 1000);
    request.on("close", () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", onStop);
      fail("the connection was closed");
    });
    request.on("error", (error) => fail(error.message));
    request.on("socket", (socket) => socket.once(secured, () => (connected = true)));
    request.on("response", (response) => {
      const { statusCode: status = 0 } = response;
      const retryAfter = response.headers["retry-after"] ?? "";
      // The status says it all; what follows it is only for people.
      const done = (text: string): void => {
        resolve({ status, retryAfter, text: text.slice(0, MOST_TEXT) });
        request.destroy();
      };
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length >= MOST_TEXT) done(text);
      });
      response.on("close", () => done(text));
      response.on("error", () => done(text));
    });
    stop.addEventListener("abort", onStop, { once: true });
    if (stop.aborted) return fail("stopped");
    const source = Readable.from(chunksOf(body), { objectMode: false });
    source.once("end", () => (bodyOut = true));
    source.pipe(request);
  });
}

function* chunksOf(body: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < body.length; at += CHUNK) yield Buffer.from(body.subarray(at, at + CHUNK));
}
