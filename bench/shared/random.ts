/** Seeded draws: the same seed gives the same numbers on every machine. */

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** Uniform whole number in [0, bound). */
  below(bound: number): number;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded with the text. */
export function random(seed: string): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 1;
  const uint32 = (): number => {
    const out = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (const unit of seed) {
    a ^= unit.codePointAt(0)!;
    uint32();
  }
  for (let skipped = 0; skipped < 20; skipped++) uint32();
  const fraction = (): number => uint32() / 4294967296;
  return { fraction, below: (bound) => Math.floor(fraction() * bound) };
}

/** Weights of a Zipf law: the n-th item weighs 1 / n^s. */
export function zipf(items: number, s: number): number[] {
  return Array.from({ length: items }, (_, at) => (at + 1) ** -s);
}

/** Running sums of weights, scaled to 1. */
export function cumulative(weights: readonly number[]): Float64Array {
  const total = weights.reduce((a, b) => a + b, 0);
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight) / total);
}

/** Draws a position with the probabilities of {@link cumulative}. */
export function draw(next: Random, sums: Float64Array): number {
  const at = next.fraction();
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
