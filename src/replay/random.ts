/**
 * A seeded stream of random numbers: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2018) in 32-bit integers, so the same seed gives the same stream on every machine.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: string) {
    [this.a, this.b, this.c, this.d] = hashSeed(seed);
    for (let skipped = 0; skipped < 16; skipped++) this.uint32();
  }

  /** Uniform in [0, 2^32). */
  uint32(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = rotateLeft(this.d, 11);
    return scrambled >>> 0;
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  fraction(): number {
    return this.uint32() / 4294967296;
  }

  /** Uniform integer in [0, bound). The bias is below bound / 2^32. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }
}

/** Gives every part of the replay a stream of its own, so a draw more in one part moves nothing in another. */
export type Streams = (purpose: string) => Random;

/** The streams of one replay. */
export function seededStreams(seed: string): Streams {
  return (purpose) => new Random(`${seed}/${purpose}`);
}

/** Shuffles in place (Fisher-Yates, from the end). */
export function shuffle<Item>(
  items: { readonly length: number; [at: number]: Item },
  random: Random,
): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const kept = items[at]!;
    items[at] = items[other]!;
    items[other] = kept;
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Four words of state from the seed's UTF-16 units, mixed with the multipliers and finisher of MurmurHash3. */
function hashSeed(seed: string): [number, number, number, number] {
  let hash = 1779033703 ^ seed.length;
  const nextWord = (): number => {
    for (let at = 0; at < seed.length; at++) {
      hash = Math.imul(hash ^ seed.charCodeAt(at), 3432918353);
      hash = rotateLeft(hash, 13);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    hash ^= hash >>> 16;
    const word = hash;
    hash = (hash + 0x9e3779b9) | 0;
    return word;
  };
  return [nextWord(), nextWord(), nextWord(), nextWord()];
}
