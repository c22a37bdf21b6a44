/** Uncompressed bytes of a stream, whatever it is compressed with; told by content, not by name. */
import type { Readable } from "node:stream";
import zlib from "node:zlib";
import type * as Xz from "xz-decompress";
import { Fault } from "../../core/fault.ts";

/** How a file is packed. */
export type Packing = "plain" | "gzip" | "bzip2" | "xz" | "zstd" | "zip";

/** Tells the packing by the first bytes. */
export function packingOf(head: Uint8Array): Packing {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b)) return "gzip";
  if (starts(0x42, 0x5a, 0x68)) return "bzip2";
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return "xz";
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return "zstd";
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return "zip";
  return "plain";
}

/** The uncompressed bytes. What came before a fault of the stream is given before the fault is thrown. */
export async function* decompress(
  raw: Readable,
  packing: Packing,
  path: string,
): AsyncGenerator<Uint8Array> {
  if (packing === "xz") yield* guard(unpackXz(raw), packing, path);
  else yield* guard(drain(await unpacked(raw, packing, path)), packing, path);
}

async function unpacked(raw: Readable, packing: Packing, path: string): Promise<Readable> {
  if (packing === "gzip") return pipeInto(raw, zlib.createGunzip());
  if (packing === "zstd") return pipeInto(raw, zstd(path));
  if (packing === "bzip2") {
    const { default: unbzip2 } = await import("unbzip2-stream");
    return pipeInto(raw, unbzip2() as unknown as Readable & NodeJS.WritableStream);
  }
  return raw;
}

function zstd(path: string): Readable & NodeJS.WritableStream {
  const make = (zlib as { createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress;
  if (!make)
    throw new Fault(
      "input-unreadable",
      `${path} is packed with zstd, which needs Node 22.15 or newer; unpack it with "zstd -d" first`,
    );
  return make();
}

function pipeInto<T extends Readable & NodeJS.WritableStream>(raw: Readable, into: T): T {
  raw.on("error", (error) => into.destroy(error));
  raw.pipe(into);
  return into;
}

async function* unpackXz(raw: Readable): AsyncGenerator<Uint8Array> {
  const { Readable: NodeReadable } = await import("node:stream");
  // A CommonJS module whose names Node does not see: they stand in its default export.
  const { default: xz } = (await import("xz-decompress")) as unknown as { default: typeof Xz };
  const web = new xz.XzReadableStream(NodeReadable.toWeb(raw) as ReadableStream<Uint8Array>);
  const reader = web.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Chunks as they come. A stream's own iterator would lose what is buffered when the stream fails. */
async function* drain(stream: Readable): AsyncGenerator<Uint8Array> {
  const queue: Uint8Array[] = [];
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  stream.on("data", (chunk: Uint8Array) => {
    queue.push(chunk);
    if (queue.length >= 16) stream.pause();
    wake();
  });
  stream.on("end", () => ((ended = true), wake()));
  stream.on("close", () => ((ended = true), wake()));
  stream.on("error", (error: Error) => ((failure = error), (ended = true), wake()));
  try {
    for (;;) {
      const chunk = queue.shift();
      if (chunk) yield chunk;
      else if (ended) break;
      else {
        stream.resume();
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    if (failure) throw failure;
  } finally {
    stream.destroy();
  }
}

async function* guard(
  chunks: AsyncGenerator<Uint8Array>,
  packing: Packing,
  path: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    if (packing === "plain") throw new Fault("input-unreadable", `${path}: ${message}`, { cause });
    throw new Fault(
      "input-truncated",
      `${path}: the ${packing} data is cut short or damaged (${message}); the rows before that are kept. Fetch the file again and ingest it: nothing counts twice`,
      { cause },
    );
  }
}
