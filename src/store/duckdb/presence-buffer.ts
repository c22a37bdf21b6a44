import type { Presences } from "../../core/measure/index.ts";

/**
 * The presences of one part on one side, nearly distinct: a direct-mapped cache drops most repeats.
 */
export class PresenceBuffer implements Presences {
  count = 0;
  keyLo = new Uint32Array(1024);
  keyHi = new Uint32Array(1024);
  day = new Uint16Array(1024);
  facet = new Uint32Array(1024);
  readonly #cache: Uint32Array;
  readonly #mask: number;

  /** `cacheBits`: the cache has 2^cacheBits places of 16 bytes. */
  constructor(cacheBits: number) {
    this.#cache = new Uint32Array(4 << cacheBits);
    this.#mask = (1 << cacheBits) - 1;
  }

  /** Adds a presence unless it was added just before. */
  add(keyLo: number, keyHi: number, day: number, facet: number): void {
    let place =
      Math.imul(keyLo ^ (keyHi >>> 3), 0x9e3779b1) ^ Math.imul(facet, 0x85ebca77) ^ (day << 7);
    place = ((place ^ (place >>> 15)) & this.#mask) * 4;
    const cache = this.#cache;
    if (
      cache[place] === keyLo &&
      cache[place + 1] === keyHi &&
      cache[place + 2] === facet &&
      cache[place + 3] === day
    )
      return;
    cache[place] = keyLo;
    cache[place + 1] = keyHi;
    cache[place + 2] = facet;
    cache[place + 3] = day;
    const at = this.count++;
    if (at === this.day.length) this.#grow();
    this.keyLo[at] = keyLo;
    this.keyHi[at] = keyHi;
    this.day[at] = day;
    this.facet[at] = facet;
  }

  /** Forgets everything. */
  clear(): void {
    this.count = 0;
    this.#cache.fill(0);
  }

  #grow(): void {
    const length = this.day.length * 2;
    this.keyLo = grown(this.keyLo, length);
    this.keyHi = grown(this.keyHi, length);
    this.day = grown(this.day, length);
    this.facet = grown(this.facet, length);
  }
}

function grown<T extends Uint16Array | Uint32Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array as never);
  return copy;
}
