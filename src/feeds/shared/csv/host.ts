import { emptyAddress, parseAddress } from "../../../core/network/index.ts";

// Of its own: the engine does not fold constants of other modules.
const COLON = 58;
const DOT = 46;
const ZERO = 48;

const UPPER = 1;
/** Bytes that no bare host has: of a port, of a URL, of an e-mail address. */
const OTHER = 2;
const AT = 64;
const SLASH = 47;
const classes = new Uint8Array(256);
for (let byte = 65; byte <= 90; byte++) classes[byte] = UPPER;
classes[COLON] = classes[AT] = classes[SLASH] = OTHER;

/** Whether the bytes `[from, to)` are a host name as {@link normaliseHost} leaves it. */
export function isNormalHost(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (classes[bytes[at]!] !== 0) return false;
  return bytes[to - 1] !== DOT;
}

/**
 * Writes the host in `[from, to)` into `into` and returns its length: ASCII letters in lower case, without `:port` and
 * without the dot of the root. Of a URL or an e-mail address it is the host's part. An IPv6 address is no host with a port
 * and stays, and so does a network (`192.0.2.0/24`); an internationalised name stays the bytes that it is.
 */
export function normaliseHost(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Uint8Array,
): number {
  const [start, stop] = hostPart(bytes, from, to);
  let end = withoutPort(bytes, start, stop);
  while (end > start && bytes[end - 1] === DOT) end--;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    into[at - start] = classes[byte] === UPPER ? byte | 0x20 : byte;
  }
  return end - start;
}

/** Where the host stands in `scheme://user@host:port/path`, of which all but the host may be missing. */
function hostPart(bytes: Uint8Array, from: number, to: number): readonly [number, number] {
  let start = from;
  let end = to;
  for (let at = from; at < end; at++) {
    if (bytes[at] === AT) start = at + 1;
    else if (bytes[at] !== SLASH) continue;
    else if (bytes[at + 1] === SLASH && bytes[at - 1] === COLON && start === from) start = ++at + 1;
    else if (isNetwork(bytes, start, at, to)) return [start, to];
    else end = at;
  }
  return start < end ? [start, end] : [from, to];
}

const scratch = emptyAddress();

/** Whether `[from, to)` is an address and, behind the slash, the length of a prefix: a listed network, and no URL. */
function isNetwork(bytes: Uint8Array, from: number, slash: number, to: number): boolean {
  if (to - slash < 2 || to - slash > 4) return false;
  for (let at = slash + 1; at < to; at++) if ((bytes[at]! - ZERO) >>> 0 > 9) return false;
  return parseAddress(bytes, from, slash, scratch);
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
