const DIGITS = 65536;

/**
 * The order in which rows of words ascend (most significant column first), as positions. Stable: equal rows keep the
 * order that `from` has them in. A radix sort, because a comparison sort of a million 128-bit numbers takes seconds.
 */
export function radixOrder(columns: readonly Uint32Array[], from: Uint32Array): Uint32Array {
  let order = from;
  let spare: Uint32Array = new Uint32Array(from.length);
  const counts = new Uint32Array(DIGITS);
  for (let word = columns.length - 1; word >= 0; word--) {
    const column = columns[word]!;
    for (const shift of [0, 16]) {
      if (!countDigits(column, order, shift, counts)) continue;
      for (let i = 0; i < order.length; i++) {
        const row = order[i]!;
        spare[counts[(column[row]! >>> shift) & 0xffff]!++] = row;
      }
      [order, spare] = [spare, order === from ? new Uint32Array(from.length) : order];
    }
  }
  return order;
}

/** Turns digit counts into first positions; false if all rows have the same digit, so that there is nothing to sort. */
function countDigits(
  column: Uint32Array,
  order: Uint32Array,
  shift: number,
  counts: Uint32Array,
): boolean {
  counts.fill(0);
  for (let i = 0; i < order.length; i++) counts[(column[order[i]!]! >>> shift) & 0xffff]!++;
  if (order.length === 0 || counts[(column[order[0]!]! >>> shift) & 0xffff] === order.length)
    return false;
  let position = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit]!;
    counts[digit] = position;
    position += count;
  }
  return true;
}

/** 0, 1, ... length - 1. */
export function countUp(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}
