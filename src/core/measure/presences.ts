/**
 * Presences: on which days a key was seen under which facet. Parallel arrays of `count` entries; a key is 64 bits in two words.
 * Repeats do no harm, because a presence is a fact and not a count.
 */
export interface Presences {
  count: number;
  keyLo: Uint32Array;
  keyHi: Uint32Array;
  day: Uint16Array;
  facet: Uint32Array;
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The positions of presences in ascending order of their keys: a stable radix sort, 11 bits a pass; equal digits cost nothing. Yields
 * between passes, so that the caller can let others run.
 */
export function* orderByKey({ count, keyLo, keyHi }: Presences): Generator<undefined, Uint32Array> {
  let order = Uint32Array.from({ length: count }, (_, at) => at);
  let spare = new Uint32Array(count);
  for (const words of [keyLo, keyHi])
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (!sortPass(words, shift, order, spare)) continue;
      [order, spare] = [spare, order];
      yield undefined;
    }
  return order;
}

/** Distributes by one digit from `order` into `into`; false if all have the same digit, and nothing was done. */
function sortPass(
  words: Uint32Array,
  shift: number,
  order: Uint32Array,
  into: Uint32Array,
): boolean {
  const starts = new Uint32Array(DIGITS);
  const count = order.length;
  for (let i = 0; i < count; i++) starts[(words[order[i]!]! >>> shift) & (DIGITS - 1)]!++;
  if (count === 0 || starts[(words[order[0]!]! >>> shift) & (DIGITS - 1)] === count) return false;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const n = starts[digit]!;
    starts[digit] = sum;
    sum += n;
  }
  for (let i = 0; i < count; i++) {
    const at = order[i]!;
    into[starts[(words[at]! >>> shift) & (DIGITS - 1)]!++] = at;
  }
  return true;
}
