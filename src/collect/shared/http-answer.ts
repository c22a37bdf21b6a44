import type { Readable } from "node:stream";
import zlib from "node:zlib";
import { FeedFault } from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";

/** What a document, as against a feed file, may have in bytes. */
const DOCUMENT_BYTES = 256 << 20;

/** An answer whose status was as expected. */
export class HttpAnswer {
  /** What was asked, and what answered: they differ by redirects. */
  readonly asked: URL;
  readonly url: URL;
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #body: Readable;
  readonly #maxBytes: number;

  constructor(
    asked: URL,
    url: URL,
    status: number,
    headers: Readonly<Record<string, string>>,
    body: Readable,
    maxBytes: number,
  ) {
    this.asked = asked;
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.#body = body;
    this.#maxBytes = maxBytes;
  }

  /** The body, its transfer packing (Content-Encoding) undone. Throws Fault `input-too-large` beyond the limit. */
  async *chunks(maxBytes = this.#maxBytes): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    try {
      for await (const chunk of this.#unpacked()) {
        bytes += (chunk as Uint8Array).length;
        if (bytes > maxBytes)
          throw new Fault("input-too-large", `${shown(this.url)} has more than ${maxBytes} bytes`);
        yield chunk as Uint8Array;
      }
    } catch (cause) {
      throw cause instanceof Fault ? cause : brokenOff(this.url, cause);
    } finally {
      this.#body.destroy();
    }
  }

  async text(): Promise<string> {
    const parts: Uint8Array[] = [];
    for await (const chunk of this.chunks(Math.min(this.#maxBytes, DOCUMENT_BYTES)))
      parts.push(chunk);
    return Buffer.concat(parts).toString("utf8");
  }

  /** The body as JSON. Throws Fault `feed-malformed`. */
  async json(): Promise<unknown> {
    const text = await this.text();
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new FeedFault("feed-malformed", `${shown(this.url)}: the answer is no JSON`, { cause });
    }
  }

  /** Ends the answer without reading it. */
  drop(): void {
    this.#body.on("error", () => undefined).destroy();
  }

  #unpacked(): Readable {
    const unpack = unpackerOf(this.headers["content-encoding"]);
    if (!unpack) return this.#body;
    this.#body.on("error", (error) => unpack.destroy(error));
    return this.#body.pipe(unpack);
  }
}

function unpackerOf(encoding = "identity"): zlib.Gunzip | undefined {
  if (/^(x-)?gzip$/i.test(encoding)) return zlib.createGunzip();
  if (/^deflate$/i.test(encoding)) return zlib.createInflate();
  return undefined;
}

/** The fault of an exchange that did not come to its end. */
export function brokenOff(url: URL, cause: unknown): FeedFault {
  const inner = (cause as { cause?: unknown } | undefined)?.cause;
  for (const found of [cause, inner]) if (found instanceof FeedFault) return found;
  const { name, message, code } = cause as Partial<NodeJS.ErrnoException>;
  const why = name === "TimeoutError" ? "it took too long" : message || code || "no answer";
  return new FeedFault("feed-unreachable", `${shown(url)}: ${why}`, { cause });
}

/** A URL for people: without what may be secret. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
