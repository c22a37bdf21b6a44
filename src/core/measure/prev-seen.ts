/**
 * The prev-seen cube, by increments.
 *
 * For each dimension (all victims; victims by country of origin; ...) the cube holds, per cell (day, prev), how many keys
 * were present on `day` and had been present last on `prev` (0: never before). Then the number of distinct keys in a period
 * [a, b] is the sum of the cells with a <= day <= b and prev < a: each key counts on its first day within the period. The
 * cells are additive, so any period is answered without looking at keys, exactly.
 *
 * A new day of a key adds one to the cell (day, the key's day before), and moves the key's next stored day from its old
 * previous day to the new one. So the change that a batch makes depends only on the days of the keys that it touches, in
 * whatever order batches come.
 */
import { type CellChanges, CellTable } from "./cell-table.ts";
import type { Presences } from "./presences.ts";

/** The dimensions in which a presence under a facet counts; numbers below 2^21. */
export type DimensionsOf = (facet: number) => readonly number[];

/**
 * Merges a batch's presences with what is stored of their keys, and gives the changes of the cells. Tell the past in ascending
 * order of keys, then finish.
 */
export class PrevSeen {
  readonly #fresh: Presences;
  readonly #order: Uint32Array;
  readonly #dimensionsOf: DimensionsOf;
  readonly #cells = new CellTable();
  /** Position in `#order` of the key whose days are being gathered. */
  #at = 0;
  /** The days of that key: dimension, day, and whether it is new, in one number that sorts in this order. */
  #days = new Float64Array(64);
  #dayCount = 0;

  /** `order` is `orderByKey(fresh)`. */
  constructor(fresh: Presences, order: Uint32Array, dimensionsOf: DimensionsOf) {
    this.#fresh = fresh;
    this.#order = order;
    this.#dimensionsOf = dimensionsOf;
  }

  /** Tells of a stored presence. Keys must not descend; keys that the batch does not touch are passed over. */
  past(keyLo: number, keyHi: number, facet: number, day: number): void {
    while (this.#at < this.#order.length) {
      const fresh = this.#order[this.#at]!;
      const hi = this.#fresh.keyHi[fresh]!;
      const lo = this.#fresh.keyLo[fresh]!;
      if (hi > keyHi || (hi === keyHi && lo > keyLo)) return;
      if (hi === keyHi && lo === keyLo) {
        this.#gather(facet, day, STORED);
        return;
      }
      this.#finishKey();
    }
  }

  /** Goes through the keys that are left, in slices, and gives the changes. Yields so that the caller can let others run. */
  *finish(slice = 1 << 13): Generator<undefined, CellChanges> {
    for (let until = this.#at + slice; this.#at < this.#order.length; until += slice) {
      while (this.#at < this.#order.length && this.#at < until) this.#finishKey();
      yield undefined;
    }
    return this.#cells.take();
  }

  #gather(facet: number, day: number, isNew: number): void {
    for (const dimension of this.#dimensionsOf(facet)) {
      if (this.#dayCount === this.#days.length) {
        const longer = new Float64Array(this.#dayCount * 2);
        longer.set(this.#days);
        this.#days = longer;
      }
      this.#days[this.#dayCount++] = dimension * DIMENSION + day * 2 + isNew;
    }
  }

  /** Adds the new days of the current key, counts its changes, and goes on to the next key. */
  #finishKey(): void {
    const { keyLo, keyHi, day, facet } = this.#fresh;
    const first = this.#order[this.#at]!;
    const lo = keyLo[first]!;
    const hi = keyHi[first]!;
    do {
      const at = this.#order[this.#at++]!;
      this.#gather(facet[at]!, day[at]!, NEW);
    } while (
      this.#at < this.#order.length &&
      keyLo[this.#order[this.#at]!] === lo &&
      keyHi[this.#order[this.#at]!] === hi
    );
    sort(this.#days, this.#dayCount);
    this.#countChanges();
    this.#dayCount = 0;
  }

  #countChanges(): void {
    let dimension = -1;
    /** The last day before, among the stored ones and among all. */
    let storedBefore = 0;
    let before = 0;
    for (let i = 0; i < this.#dayCount; i++) {
      const code = this.#days[i]!;
      const of = Math.floor(code / DIMENSION);
      const rest = code - of * DIMENSION;
      const day = rest >> 1;
      if (of !== dimension) {
        dimension = of;
        storedBefore = before = 0;
      } else if (day === before) continue;
      if ((rest & 1) === NEW) this.#cells.change(of, day, before, 1);
      else {
        if (before !== storedBefore) {
          this.#cells.change(of, day, storedBefore, -1);
          this.#cells.change(of, day, before, 1);
        }
        storedBefore = day;
      }
      before = day;
    }
  }
}

const STORED = 0;
const NEW = 1;
/** Days are below 2^16, and one bit tells new from stored. */
const DIMENSION = 1 << 17;

function sort(numbers: Float64Array, count: number): void {
  if (count > 24) {
    numbers.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const number = numbers[i]!;
    let to = i;
    for (; to > 0 && numbers[to - 1]! > number; to--) numbers[to] = numbers[to - 1]!;
    numbers[to] = number;
  }
}
