import { enlarge } from "./enlarge.ts";
import type { RefusalReason } from "./refusal.ts";
import { utf8Text } from "./text-code.ts";

/** How much of a refused row is shown, bytes. */
export const RAW_LIMIT = 4096;

/** The longest row whose bytes are kept as a whole: no line may be longer. */
export const WHOLE_LIMIT = 1 << 20;

/** How many bytes a block may keep in place of its rows. */
const INSTEAD_LIMIT = 32 << 20;

/** The place of a row that stands for all that its element asserts, and not for one thing of it. */
export const ALL_OF_ELEMENT = -1;

/** Rows that a feed would not take, in the order in which it read them. */
export interface Refusals {
  count: number;
  lines: Float64Array;
  reasons: string[];
  /** Which of the things that its element asserts the row is, from 0, or {@link ALL_OF_ELEMENT}. */
  nth: Int32Array;
  /** Row i is `bytes[starts[i], ends[i])`, as it came; rows of one element lie in one place. */
  starts: Uint32Array;
  ends: Uint32Array;
  bytes: Uint8Array;
  /** 1: bytes of the row are missing, so it cannot be read again. */
  cut: Uint8Array;
  /** By row: what is to be read again in its place, where the row alone does not say all. */
  instead: Map<number, Uint8Array>;
}

/** Refusals of rows of which nothing is left but their lines; they cannot be read again. */
export function refusalsOfLines(lines: readonly number[], reason: RefusalReason): Refusals {
  return {
    count: lines.length,
    lines: Float64Array.from(lines),
    reasons: lines.map(() => reason),
    nth: new Int32Array(lines.length),
    starts: new Uint32Array(lines.length),
    ends: new Uint32Array(lines.length),
    bytes: new Uint8Array(0),
    cut: new Uint8Array(lines.length).fill(1),
    instead: new Map(),
  };
}

/** What is to be known of the element that a feed reads, should it be refused. Feeds with one row an element leave it. */
export interface ElementFacts {
  nth: number;
  /** What is to be read again in place of the element's own bytes: the element with what its document says of it. */
  instead: (() => Uint8Array) | undefined;
}

/** Collects the refusals of a block. */
export class RefusalList {
  readonly refusals: Refusals = {
    count: 0,
    lines: new Float64Array(16),
    reasons: [],
    nth: new Int32Array(16),
    starts: new Uint32Array(16),
    ends: new Uint32Array(16),
    bytes: new Uint8Array(0),
    cut: new Uint8Array(16),
    instead: new Map(),
  };
  #used = 0;
  #insteadBytes = 0;
  /** The row before: another one of the same element has its bytes. */
  #raw: Uint8Array | undefined;
  #from = 0;
  #to = 0;

  /** Notes that the row in `raw` `[from, to)` is refused. */
  add(
    reason: RefusalReason,
    line: number,
    raw: Uint8Array,
    [from, to]: readonly [number, number],
    { nth, instead }: ElementFacts,
  ): void {
    const all = this.refusals;
    const at = all.count++;
    if (at === all.lines.length) this.#grow();
    all.lines[at] = line;
    all.reasons.push(reason);
    all.nth[at] = nth;
    const again = at > 0 && raw === this.#raw && from === this.#from && to === this.#to;
    all.starts[at] = again ? all.starts[at - 1]! : this.#used;
    all.cut[at] = again ? all.cut[at - 1]! : this.#keep(raw, from, to);
    all.ends[at] = again ? all.ends[at - 1]! : this.#used;
    if (instead !== undefined && all.cut[at] === 0)
      this.#keepInstead(at, again ? all.instead.get(at - 1) : undefined, instead);
    this.#raw = raw;
    this.#from = from;
    this.#to = to;
  }

  /** Copies a row's bytes; 1 if they are too many, and only the first are kept. */
  #keep(raw: Uint8Array, from: number, to: number): 0 | 1 {
    const cut = to - from > WHOLE_LIMIT;
    const length = cut ? RAW_LIMIT : to - from;
    const all = this.refusals;
    const needed = this.#used + length;
    if (needed > all.bytes.length)
      all.bytes = enlarge(all.bytes, Math.max(needed, 2 * all.bytes.length, RAW_LIMIT));
    all.bytes.set(raw.subarray(from, from + length), this.#used);
    this.#used = needed;
    return cut ? 1 : 0;
  }

  #keepInstead(at: number, known: Uint8Array | undefined, make: () => Uint8Array): void {
    const all = this.refusals;
    const bytes = known ?? make();
    if (!known) this.#insteadBytes += bytes.length;
    if (bytes.length > WHOLE_LIMIT || this.#insteadBytes > INSTEAD_LIMIT) all.cut[at] = 1;
    else all.instead.set(at, bytes);
  }

  #grow(): void {
    const all = this.refusals;
    const room = 2 * all.lines.length;
    all.lines = enlarge(all.lines, room);
    all.nth = enlarge(all.nth, room);
    all.starts = enlarge(all.starts, room);
    all.ends = enlarge(all.ends, room);
    all.cut = enlarge(all.cut, room);
  }
}

/** The row's text for people: at most {@link RAW_LIMIT} bytes of it, bad bytes as U+FFFD. */
export function rawText({ bytes, starts, ends }: Refusals, at: number): string {
  const from = starts[at]!;
  return utf8Text(bytes.subarray(from, Math.min(ends[at]!, from + RAW_LIMIT)));
}

/** What is to be read if the row is tried again; `undefined` if bytes of it are missing. */
export function bytesToRetry(refusals: Refusals, at: number): Uint8Array | undefined {
  if (refusals.cut[at] === 1) return undefined;
  const { bytes, starts, ends, instead } = refusals;
  return instead.get(at) ?? bytes.subarray(starts[at]!, ends[at]!);
}

/** Whether the text for people says all that is to be read again, byte by byte. */
export function isTextEnough(refusals: Refusals, at: number, text: string): boolean {
  const short = refusals.ends[at]! - refusals.starts[at]! <= RAW_LIMIT;
  // A text that holds U+FFFD may stand for bytes that are no text; a store may keep no NUL.
  return short && !refusals.instead.has(at) && !text.includes("\ufffd") && !text.includes("\0");
}
