// Of its own: the engine does not fold constants of other modules.
const ZERO = 48;

/** The unsigned decimal number in ASCII bytes `[from, to)`, or -1 if it is none or above `most` (at most 2^32 - 1). */
export function readUnsigned(bytes: Uint8Array, from: number, to: number, most: number): number {
  if (from >= to || to - from > 20) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >>> 0 > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= most ? value : -1;
}
