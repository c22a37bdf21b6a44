import type { Presences } from "../../core/measure/index.ts";

/** A slot: the key's two words, the facet, and the day, which no presence has as 0: such a slot is free. */
const WORDS = 4;
const FACET = 2;
const DAY = 3;
/** How many presences are looked at together. */
const GROUP = 32;
const FIRST_SIZE = WORDS << 11;

/** The distinct presences of one part on one side: an open-addressing table with the presences in its slots. */
export class PresenceBuffer implements Presences {
  count = 0;
  keyLo = new Uint32Array(0);
  keyHi = new Uint32Array(0);
  day = new Uint16Array(0);
  facet = new Uint32Array(0);
  /** What was seen on looking ahead: kept, so that looking is not optimised away. */
  seen = 0;
  #slots = new Uint32Array(FIRST_SIZE);

  /** Adds the presences of the rows whose positions stand in `rows[0..count)`; those whose key is 0 have none. `facets` are by entry of `rows`. */
  addRows(
    keys: Uint32Array,
    days: Uint16Array,
    rows: Uint32Array,
    count: number,
    facets: Uint32Array,
  ): void {
    for (let from = 0; from < count; from += GROUP) {
      const to = Math.min(count, from + GROUP);
      this.#touch(keys, days, rows, from, to, facets);
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        const lo = keys[2 * row]!;
        const hi = keys[2 * row + 1]!;
        if ((lo | hi) !== 0) this.add(lo, hi, days[row]!, facets[i]!);
      }
    }
  }

  /** Looks at the slots of some presences before they are needed, so that their misses of the cache overlap. */
  #touch(
    keys: Uint32Array,
    days: Uint16Array,
    rows: Uint32Array,
    from: number,
    to: number,
    facets: Uint32Array,
  ): void {
    const slots = this.#slots;
    const last = slots.length - WORDS;
    let seen = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      seen |= slots[slotOf(keys[2 * row]!, keys[2 * row + 1]!, days[row]!, facets[i]!) & last]!;
    }
    this.seen = seen;
  }

  /** Adds a presence unless it is there. Days are from 1. */
  add(keyLo: number, keyHi: number, day: number, facet: number): void {
    const slots = this.#slots;
    const last = slots.length - WORDS;
    let slot = slotOf(keyLo, keyHi, day, facet) & last;
    for (;;) {
      const stored = slots[slot + DAY]!;
      if (stored === 0) break;
      if (
        slots[slot] === keyLo &&
        stored === day &&
        slots[slot + FACET] === facet &&
        slots[slot + 1] === keyHi
      )
        return;
      slot = (slot + WORDS) & last;
    }
    slots[slot] = keyLo;
    slots[slot + 1] = keyHi;
    slots[slot + FACET] = facet;
    slots[slot + DAY] = day;
    if (++this.count * 5 * WORDS > slots.length * 3) this.#grow();
  }

  /** Makes the columns of {@link Presences} out of the slots. Call when all are added. */
  settle(): void {
    const { count } = this;
    const slots = this.#slots;
    this.keyLo = new Uint32Array(count);
    this.keyHi = new Uint32Array(count);
    this.facet = new Uint32Array(count);
    this.day = new Uint16Array(count);
    let at = 0;
    for (let slot = 0; slot < slots.length; slot += WORDS) {
      if (slots[slot + DAY] === 0) continue;
      this.keyLo[at] = slots[slot]!;
      this.keyHi[at] = slots[slot + 1]!;
      this.facet[at] = slots[slot + FACET]!;
      this.day[at++] = slots[slot + DAY]!;
    }
    this.#slots = new Uint32Array(0);
  }

  /** Forgets everything, and takes presences anew. */
  clear(): void {
    this.count = 0;
    this.#slots = new Uint32Array(FIRST_SIZE);
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Uint32Array(old.length * 2);
    const last = slots.length - WORDS;
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + DAY] === 0) continue;
      let slot = slotOf(old[at]!, old[at + 1]!, old[at + DAY]!, old[at + FACET]!) & last;
      while (slots[slot + DAY] !== 0) slot = (slot + WORDS) & last;
      slots[slot] = old[at]!;
      slots[slot + 1] = old[at + 1]!;
      slots[slot + FACET] = old[at + FACET]!;
      slots[slot + DAY] = old[at + DAY]!;
    }
    this.#slots = slots;
  }
}

function slotOf(keyLo: number, keyHi: number, day: number, facet: number): number {
  const mixed =
    Math.imul(keyLo ^ (keyHi >>> 3), 0x9e3779b1) ^ Math.imul(facet ^ (day << 16), 0x85ebca77);
  return (mixed ^ (mixed >>> 15)) << 2;
}
