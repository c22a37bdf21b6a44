import type { Presences } from "../../core/measure/index.ts";

const NONE = -1;
const WORDS = 4;

/** The distinct presences of one part on one side: an open-addressing table over packed entries of four words. */
export class PresenceBuffer implements Presences {
  count = 0;
  keyLo = new Uint32Array(0);
  keyHi = new Uint32Array(0);
  day = new Uint16Array(0);
  facet = new Uint32Array(0);
  #entries = new Uint32Array(WORDS << 10);
  #slots = new Int32Array(1 << 12).fill(NONE);

  /** Adds a presence unless it is there. */
  add(keyLo: number, keyHi: number, day: number, facet: number): void {
    const entries = this.#entries;
    const mask = this.#slots.length - 1;
    let slot = hash(keyLo, keyHi, day, facet) & mask;
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry === NONE) break;
      if (
        entries[entry] === keyLo &&
        entries[entry + 2] === facet &&
        entries[entry + 3] === day &&
        entries[entry + 1] === keyHi
      )
        return;
      slot = (slot + 1) & mask;
    }
    const entry = WORDS * this.count++;
    this.#slots[slot] = entry;
    entries[entry] = keyLo;
    entries[entry + 1] = keyHi;
    entries[entry + 2] = facet;
    entries[entry + 3] = day;
    if (entry + WORDS === entries.length) this.#grow();
  }

  /** Makes the columns of {@link Presences} out of the entries. Call when all are added. */
  settle(): void {
    const { count } = this;
    const entries = this.#entries;
    this.#slots = new Int32Array(0);
    this.keyLo = new Uint32Array(count);
    this.keyHi = new Uint32Array(count);
    this.facet = new Uint32Array(count);
    this.day = new Uint16Array(count);
    for (let at = 0; at < count; at++) {
      this.keyLo[at] = entries[WORDS * at]!;
      this.keyHi[at] = entries[WORDS * at + 1]!;
      this.facet[at] = entries[WORDS * at + 2]!;
      this.day[at] = entries[WORDS * at + 3]!;
    }
    this.#entries = new Uint32Array(0);
  }

  /** Forgets everything, and takes presences anew. */
  clear(): void {
    this.count = 0;
    this.#entries = new Uint32Array(WORDS << 10);
    this.#slots = new Int32Array(1 << 12).fill(NONE);
  }

  #grow(): void {
    const entries = new Uint32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#slots = new Int32Array(this.#slots.length * 2).fill(NONE);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < WORDS * this.count; entry += WORDS) {
      let slot =
        hash(entries[entry]!, entries[entry + 1]!, entries[entry + 3]!, entries[entry + 2]!) & mask;
      while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
      this.#slots[slot] = entry;
    }
  }
}

function hash(keyLo: number, keyHi: number, day: number, facet: number): number {
  const mixed =
    Math.imul(keyLo ^ (keyHi >>> 3), 0x9e3779b1) ^ Math.imul(facet ^ (day << 16), 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}
