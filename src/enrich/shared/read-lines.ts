import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Takes one line: bytes `[from, to)` without its line end, and its number from 1. The bytes are only lent. */
export type TakeLine = (bytes: Buffer, from: number, to: number, line: number) => void;

const LF = 10;
const CR = 13;

/** The first bytes of a file as they lie on the disk. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The file's bytes, unpacked if it is a gzip file. Errors of either come as the stream's error. */
export async function openUnpacked(path: string): Promise<Readable> {
  const head = await readHead(path, 2);
  const raw = createReadStream(path, { highWaterMark: 1 << 18 });
  if (head[0] !== 0x1f || head[1] !== 0x8b) return raw;
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  raw.on("error", (cause) => unpacked.destroy(cause));
  return raw.pipe(unpacked);
}

/**
 * Gives each line of a text file, plain or gzip, to `take`; a byte-order mark is dropped. Memory: one block and one line.
 */
export async function readLines(path: string, take: TakeLine): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  for await (const chunk of (await openUnpacked(path)) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = line === 0 && hasByteOrderMark(bytes) ? 3 : 0;
    for (let end = bytes.indexOf(LF, from); end >= 0; end = bytes.indexOf(LF, from)) {
      take(bytes, from, withoutCr(bytes, from, end), ++line);
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  const from = line === 0 && hasByteOrderMark(rest) ? 3 : 0;
  if (rest.length > from) take(rest, from, withoutCr(rest, from, rest.length), ++line);
}

function withoutCr(bytes: Buffer, from: number, end: number): number {
  return end > from && bytes[end - 1] === CR ? end - 1 : end;
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
