import type { Texts } from "./columns.ts";
import { encodeText, lastCode, needsDictionary, utf8Text } from "./text-code.ts";
import type { TextRef } from "./row.ts";

/** The distinct texts of a block that the dictionary must hold. */
export class TextTable {
  #slots = new Int32Array(4096).fill(-1);
  texts: Texts = {
    count: 0,
    codes: new Uint32Array(2048),
    ends: new Uint32Array(1024),
    bytes: new Uint8Array(65536),
  };

  /** Encodes the UTF-8 bytes `[from, to)` into `ref`, and keeps the text if its code does not hold it. */
  encode(bytes: Uint8Array, from: number, to: number, ref: TextRef): void {
    encodeText(bytes, from, to);
    ref.lo = lastCode.lo;
    ref.hi = lastCode.hi;
    if (needsDictionary(ref.hi)) this.#keep(bytes, from, to, ref.lo, ref.hi);
  }

  #keep(bytes: Uint8Array, from: number, to: number, lo: number, hi: number): void {
    const mask = this.#slots.length - 1;
    let slot = (lo ^ hi) & mask;
    for (;;) {
      const at = this.#slots[slot]!;
      if (at < 0) break;
      if (this.texts.codes[2 * at] === lo && this.texts.codes[2 * at + 1] === hi) return;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.texts.count;
    this.#add(bytes, from, to, lo, hi);
  }

  /** The text of a code that was encoded here; `""` if it was not. */
  find(lo: number, hi: number): string {
    const { codes, ends, bytes, count } = this.texts;
    for (let at = 0; at < count; at++)
      if (codes[2 * at] === lo && codes[2 * at + 1] === hi)
        return utf8Text(bytes.subarray(at === 0 ? 0 : ends[at - 1]!, ends[at]!));
    return "";
  }

  #add(bytes: Uint8Array, from: number, to: number, lo: number, hi: number): void {
    const t = this.texts;
    const at = t.count++;
    const start = at === 0 ? 0 : t.ends[at - 1]!;
    const end = start + to - from;
    if (end > t.bytes.length) t.bytes = enlarge(t.bytes, Math.max(end, t.bytes.length * 2));
    t.bytes.set(bytes.subarray(from, to), start);
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
    const mask = this.#slots.length - 1;
    for (let at = 0; at < t.count; at++) {
      let slot = (t.codes[2 * at]! ^ t.codes[2 * at + 1]!) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = at;
    }
  }
}

/** A longer copy of a typed array. */
export function enlarge<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  array: T,
  length: number,
): T {
  const longer = new (array.constructor as new (length: number) => T)(length);
  longer.set(array as never);
  return longer;
}
