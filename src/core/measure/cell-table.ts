/** Changes of cells: dimension, day, previous day, and what to add to the count. Parallel arrays of `count` entries. */
export interface CellChanges {
  count: number;
  dimension: Uint32Array;
  day: Uint16Array;
  prev: Uint16Array;
  change: Int32Array;
}

const NONE = -1;

/** Sums up changes by (dimension, day, previous day). */
export class CellTable {
  #cells: CellChanges = emptyCells(1024);
  #slots = new Int32Array(4096).fill(NONE);

  /** Adds `by` to a cell. */
  change(dimension: number, day: number, prev: number, by: number): void {
    const c = this.#cells;
    const mask = this.#slots.length - 1;
    let slot = mix((day << 16) | prev, dimension) & mask;
    for (;;) {
      const at = this.#slots[slot]!;
      if (at === NONE) break;
      if (c.day[at] === day && c.prev[at] === prev && c.dimension[at] === dimension) {
        c.change[at]! += by;
        return;
      }
      slot = (slot + 1) & mask;
    }
    const at = c.count++;
    this.#slots[slot] = at;
    c.dimension[at] = dimension;
    c.day[at] = day;
    c.prev[at] = prev;
    c.change[at] = by;
    if (c.count === c.day.length) this.#grow();
  }

  /** The cells as they are, those that came to 0 too. */
  get cells(): Readonly<CellChanges> {
    return this.#cells;
  }

  /** The cells whose count changes. */
  take(): CellChanges {
    const c = this.#cells;
    let kept = 0;
    for (let at = 0; at < c.count; at++) {
      if (c.change[at] === 0) continue;
      c.dimension[kept] = c.dimension[at]!;
      c.day[kept] = c.day[at]!;
      c.prev[kept] = c.prev[at]!;
      c.change[kept++] = c.change[at]!;
    }
    c.count = kept;
    return c;
  }

  #grow(): void {
    const c = this.#cells;
    const larger = emptyCells(c.count * 2);
    larger.count = c.count;
    larger.dimension.set(c.dimension);
    larger.day.set(c.day);
    larger.prev.set(c.prev);
    larger.change.set(c.change);
    this.#cells = larger;
    this.#slots = new Int32Array(c.count * 8).fill(NONE);
    const mask = this.#slots.length - 1;
    for (let at = 0; at < c.count; at++) {
      let slot = mix((c.day[at]! << 16) | c.prev[at]!, c.dimension[at]!) & mask;
      while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
      this.#slots[slot] = at;
    }
  }
}

function emptyCells(capacity: number): CellChanges {
  return {
    count: 0,
    dimension: new Uint32Array(capacity),
    day: new Uint16Array(capacity),
    prev: new Uint16Array(capacity),
    change: new Int32Array(capacity),
  };
}

function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
