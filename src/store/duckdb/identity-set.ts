/** The identity keys of one part: an open-addressing set of 64-bit values in typed arrays (8 bytes a slot). */
export class IdentitySet {
  #lo = new Uint32Array(1 << 12);
  #hi = new Uint32Array(1 << 12);
  #size = 0;
  #zero = false;

  /** How many keys are in the set. */
  get size(): number {
    return this.#size;
  }

  /** Adds a key; false if it was there. */
  add(lo: number, hi: number): boolean {
    if (lo === 0 && hi === 0) {
      if (this.#zero) return false;
      this.#zero = true;
      this.#size++;
      return true;
    }
    const mask = this.#lo.length - 1;
    let slot = (lo ^ (hi >>> 7)) & mask;
    for (;;) {
      const l = this.#lo[slot]!;
      const h = this.#hi[slot]!;
      if (l === 0 && h === 0) break;
      if (l === lo && h === hi) return false;
      slot = (slot + 1) & mask;
    }
    this.#lo[slot] = lo;
    this.#hi[slot] = hi;
    if (++this.#size * 5 > this.#lo.length * 3) this.#grow();
    return true;
  }

  /** Calls `take` for every key. */
  each(take: (lo: number, hi: number) => void): void {
    if (this.#zero) take(0, 0);
    for (let slot = 0; slot < this.#lo.length; slot++)
      if (this.#lo[slot] !== 0 || this.#hi[slot] !== 0) take(this.#lo[slot]!, this.#hi[slot]!);
  }

  #grow(): void {
    const lo = this.#lo;
    const hi = this.#hi;
    this.#lo = new Uint32Array(lo.length * 2);
    this.#hi = new Uint32Array(hi.length * 2);
    const mask = this.#lo.length - 1;
    for (let old = 0; old < lo.length; old++) {
      const l = lo[old]!;
      const h = hi[old]!;
      if (l === 0 && h === 0) continue;
      let slot = (l ^ (h >>> 7)) & mask;
      while (this.#lo[slot] !== 0 || this.#hi[slot] !== 0) slot = (slot + 1) & mask;
      this.#lo[slot] = l;
      this.#hi[slot] = h;
    }
  }
}
