import type { AddressWords } from "../../core/network/index.ts";

/** How many 32-bit words an address has: IPv4 one, IPv6 four. */
export type WordCount = 1 | 4;

/**
 * Address ranges of one IP version in the order of their file, each with one value. Columns of words, most significant
 * first; both ends belong to the range.
 */
export class RangeList {
  readonly words: WordCount;
  count = 0;
  starts: Uint32Array[];
  ends: Uint32Array[];
  values: Uint32Array;

  constructor(words: WordCount, room = 16) {
    this.words = words;
    this.starts = Array.from({ length: words }, () => new Uint32Array(room));
    this.ends = Array.from({ length: words }, () => new Uint32Array(room));
    this.values = new Uint32Array(room);
  }

  /** Adds a range; returns false, and adds nothing, if it ends before it starts. */
  add(start: AddressWords, end: AddressWords, value: number): boolean {
    if (comesAfter(start, end)) return false;
    if (this.count === this.values.length) this.#grow();
    const at = this.count++;
    put(this.starts, at, start);
    put(this.ends, at, end);
    this.values[at] = value;
    return true;
  }

  #grow(): void {
    const bigger = (column: Uint32Array): Uint32Array => {
      const wide = new Uint32Array(column.length * 2);
      wide.set(column);
      return wide;
    };
    this.starts = this.starts.map(bigger);
    this.ends = this.ends.map(bigger);
    this.values = bigger(this.values);
  }
}

/** Ranges of both IP versions that say one thing about addresses: their country, say. */
export class RangeSet {
  readonly v4 = new RangeList(1);
  readonly v6 = new RangeList(4);

  /** How many ranges it has. */
  get count(): number {
    return this.v4.count + this.v6.count;
  }

  /** Adds a range; false if its ends are of two versions or the wrong way round. */
  add(start: AddressWords, end: AddressWords, value: number): boolean {
    if (start.version !== end.version || start.version === 0) return false;
    return (start.version === 4 ? this.v4 : this.v6).add(start, end, value);
  }
}

/** Is `a` a higher address than `b` of the same version? */
function comesAfter(a: AddressWords, b: AddressWords): boolean {
  if (a.w0 !== b.w0) return a.w0 > b.w0;
  if (a.w1 !== b.w1) return a.w1 > b.w1;
  if (a.w2 !== b.w2) return a.w2 > b.w2;
  return a.w3 > b.w3;
}

function put(columns: readonly Uint32Array[], at: number, address: AddressWords): void {
  if (columns.length === 1) {
    columns[0]![at] = address.w3;
    return;
  }
  columns[0]![at] = address.w0;
  columns[1]![at] = address.w1;
  columns[2]![at] = address.w2;
  columns[3]![at] = address.w3;
}
