/** Cuts a stream of bytes into blocks of whole lines. */
import { createHash, type Hash } from "node:crypto";
import type { Block } from "../../app/ports.ts";

/** Bytes of a block, about: large enough for few messages between threads, small enough for many in memory. */
const BLOCK_BYTES = 2 << 20;
/** A line longer than this is cut off: its beginning is given, long enough that a reader refuses it for its length. */
const LINE_LIMIT = 8 << 20;
const CUT_LINE = (1 << 20) + 1;
/** How far a cut looks back for the end of a row. */
const LOOK_BACK = 64 << 10;

const LF = 10;
const CR = 13;
const TAB = 9;
const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;

/**
 * The blocks of a stream from an offset on. The hash covers all bytes from the first. If the stream fails, its whole lines
 * are given before the fault is thrown.
 */
export async function* cutBlocks(
  chunks: AsyncIterable<Uint8Array>,
  fromByte: number,
): AsyncGenerator<Block> {
  const hash = createHash("sha256");
  const cutter = new Cutter(hash, fromByte);
  try {
    for await (const chunk of cutter.skip(chunks)) {
      cutter.add(chunk);
      for (let block = cutter.take(); block; block = cutter.take()) yield block;
    }
  } catch (error) {
    // What came before the fault is good, but for the line that it cut.
    const lines = cutter.wholeLines();
    if (lines) yield lines;
    throw error;
  }
  const rest = cutter.rest();
  if (rest) yield rest;
}

class Cutter {
  readonly #hash: Hash;
  readonly #from: number;
  #offset = 0;
  #buffer = new Uint8Array(64 << 10);
  #filled = 0;
  /** Within a line whose beginning has been given already. */
  #discarding = false;
  /** The end of the last block. */
  #given: number;

  constructor(hash: Hash, from: number) {
    this.#hash = hash;
    this.#from = from;
    this.#given = from;
  }

  /** The chunks without the bytes before the offset. */
  async *skip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const skipped = Math.min(chunk.length, Math.max(0, this.#from - this.#offset));
      if (skipped > 0) {
        this.#hash.update(chunk.subarray(0, skipped));
        this.#offset += skipped;
      }
      if (skipped < chunk.length) yield chunk.subarray(skipped);
    }
  }

  add(chunk: Uint8Array): void {
    if (this.#filled + chunk.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#filled + chunk.length));
      larger.set(this.#buffer.subarray(0, this.#filled));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  /** A block, if there is enough for one. */
  take(): Block | undefined {
    if (this.#discarding && !this.#discardLine()) return undefined;
    if (this.#filled < BLOCK_BYTES) return undefined;
    const end = this.#cutAt();
    if (end > 0) return this.#give(end, end);
    if (this.#filled < LINE_LIMIT) return undefined;
    this.#discarding = true;
    return this.#give(this.#filled, CUT_LINE);
  }

  /** The whole lines that are left; what a line that was cut off holds is not to be trusted. */
  wholeLines(): Block | undefined {
    if (this.#discarding && !this.#discardLine()) return undefined;
    const end = this.#lineEnd(this.#filled);
    return end > 0 ? this.#give(end, end) : undefined;
  }

  /** What is left at the end of the file: no bytes, but its end, where the last line was cut off. */
  rest(): Block | undefined {
    if (this.#discarding) this.#discardLine();
    const left = this.#discarding ? 0 : this.#filled;
    return this.#offset + this.#filled > this.#given ? this.#give(this.#filled, left) : undefined;
  }

  /** Takes `consumed` bytes off the buffer, and gives the first `given` of them. */
  #give(consumed: number, given: number): Block {
    const bytes = this.#buffer.slice(0, given);
    this.#consume(consumed);
    const at = this.#hash.copy();
    this.#given = this.#offset;
    return { bytes, toByte: this.#offset, sha256: () => at.copy().digest("hex") };
  }

  #consume(bytes: number): void {
    this.#hash.update(this.#buffer.subarray(0, bytes));
    this.#buffer.copyWithin(0, bytes, this.#filled);
    this.#filled -= bytes;
    this.#offset += bytes;
  }

  /** Drops the line that is discarded, with its end; false if the end has not come yet. */
  #discardLine(): boolean {
    const view = this.#buffer.subarray(0, this.#filled);
    const lf = view.indexOf(LF);
    const cr = (lf < 0 ? view : view.subarray(0, lf)).indexOf(CR);
    // A CR at the very end may be half of a line end: it stays until the byte behind it is there.
    const open = cr >= 0 && cr === view.length - 1;
    const end = cr < 0 || cr === lf - 1 ? lf : cr;
    this.#discarding = end < 0 || open;
    if (open) this.#consume(cr);
    else this.#consume(end < 0 ? this.#filled : end + 1);
    return !this.#discarding;
  }

  /** Where to cut: behind the last row that ends within the size of a block, else behind the last line. 0 if there is none. */
  #cutAt(): number {
    const last = this.#lineEnd(BLOCK_BYTES) || this.#lineEnd(this.#filled);
    return this.#rowEnd(last) || last;
  }

  /**
   * The offset behind the last row that ends at or before `limit`, a line end; 0 if none is found. A line break in a quoted cell
   * ends no row. It is enough to begin a little before: a wrong guess of the state there is set right by the next line.
   */
  #rowEnd(limit: number): number {
    const bytes = this.#buffer;
    let rowEnd = 0;
    let quoted = false;
    let cellStart = true;
    for (let at = this.#lineEnd(Math.max(0, limit - LOOK_BACK)); at < limit; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (quoted) quoted = false;
        else quoted = cellStart || bytes[at - 1] === QUOTE;
        cellStart = false;
      } else if (!quoted && (byte === LF || byte === CR)) {
        rowEnd = at + 1;
        cellStart = true;
      } else cellStart = !quoted && (byte === COMMA || byte === SEMICOLON || byte === TAB);
    }
    return rowEnd;
  }

  /** The offset behind the last line end before `before`; 0 if there is none. A CR counts only where there is no LF. */
  #lineEnd(before: number): number {
    const view = this.#buffer.subarray(0, before);
    const lf = view.lastIndexOf(LF);
    if (lf >= 0) return lf + 1;
    const cr = view.lastIndexOf(CR);
    return cr >= 0 && cr + 1 < this.#filled ? cr + 1 : 0;
  }
}
