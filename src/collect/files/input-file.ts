import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { Block, InputFile, Sample } from "../../app/ports.ts";
import { isFault } from "../../core/fault.ts";
import { cutBlocks } from "./blocks.ts";
import { decompress, type Packing } from "./decompress.ts";
import { unpackLayers } from "./layers.ts";
import { readChunks } from "./read-chunks.ts";
import { gatherBlock } from "./whole-file.ts";

const HEAD_BYTES = 64 << 10;

/** A file that can be opened as often as needed. */
export interface Opener {
  readonly path: string;
  readonly size: number;
  readonly packing: Packing;
  /** The bytes as they lie on disk (or in the archive, unpacked). */
  open(): Promise<Readable>;
  /** Where the file lies, if it is one by itself: then plain bytes are read without a stream between. */
  readonly onDisk?: string;
}

/** An input file over something that can be opened. */
export class OpenableFile implements InputFile {
  readonly path: string;
  readonly size: number;
  readonly #opener: Opener;
  #read = 0;

  constructor(opener: Opener) {
    this.#opener = opener;
    this.path = opener.path;
    this.size = opener.size;
  }

  get position(): number {
    return Math.min(this.#read, this.size);
  }

  async sample(): Promise<Sample> {
    const parts: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const chunk of this.#chunks(false)) {
        // A copy: a chunk holds until the next one only, and `slice` of a Buffer is none.
        parts.push(new Uint8Array(chunk));
        length += chunk.length;
        if (length >= HEAD_BYTES) break;
      }
    } catch (error) {
      // What comes before the cut of a small file is its beginning; whoever reads its blocks is told of the cut.
      if (length === 0 || !isFault(error) || error.code !== "input-truncated") throw error;
    }
    return { name: plainName(this.path), head: Buffer.concat(parts).subarray(0, HEAD_BYTES) };
  }

  blocks(fromByte: number, whole = false): AsyncIterable<Block> {
    const chunks = this.#chunks(true);
    return whole ? gatherBlock(chunks, fromByte, this.path) : cutBlocks(chunks, fromByte);
  }

  async hash(bytes = Infinity): Promise<string | undefined> {
    const hash = createHash("sha256");
    let left = bytes;
    for await (const chunk of this.#chunks(false)) {
      hash.update(chunk.subarray(0, Math.min(chunk.length, left)));
      left -= chunk.length;
      if (left <= 0) break;
    }
    return left > 0 && bytes !== Infinity ? undefined : hash.digest("hex");
  }

  /** The uncompressed bytes; a chunk holds until the next one is asked for. */
  async *#chunks(counting: boolean): AsyncGenerator<Uint8Array> {
    const { onDisk, packing } = this.#opener;
    if (onDisk !== undefined && packing === "plain") {
      if (counting) this.#read = 0;
      for await (const chunk of readChunks(onDisk)) {
        if (counting) this.#read += chunk.length;
        yield chunk;
      }
      return;
    }
    const raw = await this.#opener.open();
    if (counting) {
      this.#read = 0;
      raw.on("data", (chunk: Uint8Array) => (this.#read += chunk.length));
      raw.pause();
    }
    try {
      yield* unpackLayers(decompress(raw, this.#opener.packing, this.path), this.path);
    } finally {
      raw.destroy();
    }
  }
}

/** The file's name without directory, archive and compression suffix. */
function plainName(path: string): string {
  const name = path.split(/[/\\!]/).at(-1) ?? path;
  return name.replace(/\.(gz|bz2|xz|zst|zip)$/i, "");
}
