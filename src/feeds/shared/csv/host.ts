// Of its own: the engine does not fold constants of other modules.
const COLON = 58;
const DOT = 46;
const ZERO = 48;

const UPPER = 1;
const COLONS = 2;
const classes = new Uint8Array(256);
for (let byte = 65; byte <= 90; byte++) classes[byte] = UPPER;
classes[COLON] = COLONS;

/** Whether the bytes `[from, to)` are a host name as {@link normaliseHost} leaves it. */
export function isNormalHost(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (classes[bytes[at]!] !== 0) return false;
  return bytes[to - 1] !== DOT;
}

/**
 * Writes the host in `[from, to)` into `into` and returns its length: ASCII letters in lower case, without `:port` and
 * without the dot of the root. An IPv6 address is no host with a port and stays; an internationalised name stays the
 * bytes that it is.
 */
export function normaliseHost(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Uint8Array,
): number {
  let end = withoutPort(bytes, from, to);
  while (end > from && bytes[end - 1] === DOT) end--;
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    into[at - from] = classes[byte] === UPPER ? byte | 0x20 : byte;
  }
  return end - from;
}

function withoutPort(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && (bytes[at - 1]! - ZERO) >>> 0 <= 9) at--;
  if (at === from || bytes[at - 1] !== COLON) return to;
  const colon = at - 1;
  const earlier = bytes.subarray(from, colon).indexOf(COLON);
  const bracketed = bytes[colon - 1] === 0x5d;
  return earlier < 0 || bracketed ? colon : to;
}
