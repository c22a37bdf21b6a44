import type { Texts } from "./columns.ts";
import { areSameBytes, copyBytes } from "./byte-view.ts";
import { enlarge } from "./enlarge.ts";
import { encodeText, lastCode, needsDictionary, utf8Text } from "./text-code.ts";
import type { TextRef } from "./row.ts";

/** From this length on, one call out of the engine copies faster. */
const LONG = 512;

/** The distinct texts of a block that the dictionary must hold. */
export class TextTable {
  #slots: Int32Array;
  /** Whether the text encoded last has the code of another text of the block. */
  clashed = false;
  texts: Texts;

  /** Makes room for a good many texts of a block of so many rows. */
  constructor(expectedRows: number) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(256, expectedRows)));
    this.#slots = new Int32Array(4 * room).fill(-1);
    this.texts = {
      count: 0,
      codes: new Uint32Array(2 * room),
      ends: new Uint32Array(room),
      bytes: new Uint8Array(16 * room),
    };
  }

  /** Encodes the UTF-8 bytes `[from, to)` into `ref`, and keeps the text if its code does not hold it. */
  encode(bytes: Uint8Array, from: number, to: number, ref: TextRef): void {
    encodeText(bytes, from, to);
    ref.lo = lastCode.lo;
    ref.hi = lastCode.hi;
    this.clashed = false;
    this.keep(bytes, from, to, ref);
  }

  /** Keeps the text of a code, unless the code holds it. */
  keep(bytes: Uint8Array, from: number, to: number, { lo, hi }: TextRef): void {
    if (!needsDictionary(hi)) return;
    const slot = this.#slotOf(lo, hi);
    if (this.#slots[slot]! >= 0) {
      this.clashed = !this.#holds(this.#slots[slot]!, bytes, from, to);
      return;
    }
    this.#slots[slot] = this.texts.count;
    this.#add(bytes, from, to, lo, hi);
  }

  /** The slot in which the code stands, or the free one in which it belongs. */
  #slotOf(lo: number, hi: number): number {
    const slots = this.#slots;
    const { codes } = this.texts;
    const mask = slots.length - 1;
    let slot = (lo ^ hi) & mask;
    for (let at; (at = slots[slot]!) >= 0; slot = (slot + 1) & mask)
      if (codes[2 * at] === lo && codes[2 * at + 1] === hi) return slot;
    return slot;
  }

  /** Whether text number `at` is these bytes. */
  #holds(at: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { ends, bytes: own } = this.texts;
    const mine = at === 0 ? 0 : ends[at - 1]!;
    return ends[at]! - mine === to - from && areSameBytes(own, mine, bytes, from, to);
  }

  /** The text of a code that was encoded here; `""` if it was not. */
  find(lo: number, hi: number): string {
    const at = this.#slots[this.#slotOf(lo, hi)]!;
    const { ends, bytes } = this.texts;
    return at < 0 ? "" : utf8Text(bytes.subarray(at === 0 ? 0 : ends[at - 1]!, ends[at]!));
  }

  #add(bytes: Uint8Array, from: number, to: number, lo: number, hi: number): void {
    const t = this.texts;
    const at = t.count++;
    const start = at === 0 ? 0 : t.ends[at - 1]!;
    const end = start + to - from;
    if (end > t.bytes.length) t.bytes = enlarge(t.bytes, Math.max(end, t.bytes.length * 2));
    if (to - from > LONG) t.bytes.set(bytes.subarray(from, to), start);
    else copyBytes(t.bytes, start, bytes, from, to);
    t.codes[2 * at] = lo;
    t.codes[2 * at + 1] = hi;
    t.ends[at] = end;
    if (t.count === t.ends.length) this.#grow();
  }

  #grow(): void {
    const t = this.texts;
    t.ends = enlarge(t.ends, t.ends.length * 2);
    t.codes = enlarge(t.codes, t.codes.length * 2);
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let at = 0; at < t.count; at++)
      this.#slots[this.#slotOf(t.codes[2 * at]!, t.codes[2 * at + 1]!)] = at;
  }
}
