const WORDS = 2;
/** How many keys are looked at together. */
const GROUP = 32;

/** The identity keys of one part: an open-addressing set of 64-bit values in one typed array, so that a look costs one miss of the cache. */
export class IdentitySet {
  #words = new Uint32Array(WORDS << 12);
  #size = 0;
  /** The key 0, which in the array is a free slot. */
  #zero = false;
  /** What was seen on looking ahead: kept, so that looking is not optimised away. */
  seen = 0;

  /** Adds the first `count` keys; writes the positions of those that were not there into `added`, and returns how many. */
  addAll(keys: Uint32Array, count: number, added: Uint32Array): number {
    let fresh = 0;
    for (let from = 0; from < count; from += GROUP) {
      const to = Math.min(count, from + GROUP);
      this.#touch(keys, from, to);
      for (let at = from; at < to; at++)
        if (this.#add(keys[WORDS * at]!, keys[WORDS * at + 1]!)) added[fresh++] = at;
    }
    return fresh;
  }

  /** Looks at the slots of some keys before they are needed, so that their misses of the cache overlap. */
  #touch(keys: Uint32Array, from: number, to: number): void {
    const words = this.#words;
    const last = words.length - WORDS;
    let seen = 0;
    for (let at = WORDS * from; at < WORDS * to; at += WORDS)
      seen |= words[slotOf(keys[at]!, keys[at + 1]!) & last]!;
    this.seen = seen;
  }

  #add(lo: number, hi: number): boolean {
    if ((lo | hi) === 0) {
      const fresh = !this.#zero;
      this.#zero = true;
      return fresh;
    }
    const words = this.#words;
    const last = words.length - WORDS;
    let slot = slotOf(lo, hi) & last;
    for (;;) {
      const l = words[slot]!;
      const h = words[slot + 1]!;
      if ((l | h) === 0) break;
      if (l === lo && h === hi) return false;
      slot = (slot + WORDS) & last;
    }
    words[slot] = lo;
    words[slot + 1] = hi;
    if (++this.#size * 5 * WORDS > words.length * 3) this.#grow();
    return true;
  }

  /** Calls `take` for every key. */
  each(take: (lo: number, hi: number) => void): void {
    if (this.#zero) take(0, 0);
    const words = this.#words;
    for (let slot = 0; slot < words.length; slot += WORDS)
      if ((words[slot]! | words[slot + 1]!) !== 0) take(words[slot]!, words[slot + 1]!);
  }

  #grow(): void {
    const old = this.#words;
    const words = new Uint32Array(old.length * 2);
    const last = words.length - WORDS;
    for (let at = 0; at < old.length; at += WORDS) {
      const lo = old[at]!;
      const hi = old[at + 1]!;
      if ((lo | hi) === 0) continue;
      let slot = slotOf(lo, hi) & last;
      while ((words[slot]! | words[slot + 1]!) !== 0) slot = (slot + WORDS) & last;
      words[slot] = lo;
      words[slot + 1] = hi;
    }
    this.#words = words;
  }
}

/** Identity keys are hashes: any of their bits will do. */
function slotOf(lo: number, hi: number): number {
  return (lo ^ (hi >>> 7)) << 1;
}
