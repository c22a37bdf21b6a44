/**
 * Internet addresses as numbers. An address is never a string inside: IPv4 is one unsigned 32-bit number, IPv6 four
 * of them, most significant first. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) is the
 * IPv4 address.
 */

/** Where a parsed address is put: `version` 4 uses `w3` only; the other words are 0. */
export interface AddressWords {
  version: 0 | 4 | 6;
  w0: number;
  w1: number;
  w2: number;
  w3: number;
}

/** A fresh, empty place to parse into; parsers reuse one to make no garbage. */
export function emptyAddress(): AddressWords {
  return { version: 0, w0: 0, w1: 0, w2: 0, w3: 0 };
}

const DOT = 46;
const ZERO = 48;
const COLON = 58;

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/**
 * Reads dotted-quad IPv4 from ASCII bytes `[from, to)`.
 * Returns the address as an unsigned number, or -1 if the bytes are anything else (also leading zeros such as
 * `010.0.0.1`, which some software reads as octal: RFC 6943 section 3.1.1).
 */
export function parseIpv4(bytes: Uint8Array, from: number, to: number): number {
  let address = 0;
  let at = from;
  for (let octets = 1; ; octets++) {
    if (at >= to) return -1;
    let octet = bytes[at]! - ZERO;
    if (octet >>> 0 > 9) return -1;
    at++;
    while (at < to && bytes[at] !== DOT) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9 || octet === 0) return -1;
      octet = octet * 10 + digit;
      if (octet > 255) return -1;
      at++;
    }
    address = (address << 8) | octet;
    if (octets === 4) return at === to ? address >>> 0 : -1;
    at++;
  }
}

/**
 * Reads IPv4 or IPv6 (RFC 4291 section 2.2, all text forms; RFC 4007 zone ids are refused) from ASCII bytes into `into`.
 * Returns false, and leaves `version` 0, if the bytes are no address.
 */
export function parseAddress(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: AddressWords,
): boolean {
  into.version = 0;
  into.w0 = into.w1 = into.w2 = 0;
  const four = parseIpv4(bytes, from, to);
  if (four >= 0) {
    into.version = 4;
    into.w3 = four;
    return true;
  }
  return parseIpv6(bytes, from, to, into);
}

/** The 16-bit groups of the address being read; one for all, so that reading makes no garbage. */
const groups = new Uint16Array(8);

function parseIpv6(bytes: Uint8Array, from: number, to: number, into: AddressWords): boolean {
  if (to - from < 2 || to - from > 45) return false;
  let count = 0;
  let gap = -1;
  let at = from;
  if (bytes[at] === COLON) {
    if (bytes[at + 1] !== COLON) return false;
    gap = 0;
    at += 2;
  }
  while (at < to) {
    if (count === 8) return false;
    const start = at;
    let value = 0;
    while (at < to && bytes[at] !== COLON && bytes[at] !== DOT) {
      const digit = hexDigit(bytes[at]!);
      if (digit < 0 || at - start >= 4) return false;
      value = value * 16 + digit;
      at++;
    }
    if (at < to && bytes[at] === DOT) {
      const four = parseIpv4(bytes, start, to);
      if (four < 0 || count > 6) return false;
      groups[count++] = four >>> 16;
      groups[count++] = four & 0xffff;
      break;
    }
    if (at === start) return false;
    groups[count++] = value;
    if (at === to) break;
    at++;
    if (at === to) return false;
    if (bytes[at] === COLON) {
      if (gap >= 0) return false;
      gap = count;
      at++;
    }
  }
  if (gap < 0 ? count !== 8 : count > 7) return false;
  if (gap >= 0) openGap(gap, count);
  putGroups(into);
  return true;
}

/** Moves the groups behind the gap to the end, and fills it with zeros. */
function openGap(gap: number, count: number): void {
  const moved = 8 - count;
  for (let at = 7; at >= gap; at--) groups[at] = at - moved >= gap ? groups[at - moved]! : 0;
}

function putGroups(into: AddressWords): void {
  const w0 = ((groups[0]! << 16) | groups[1]!) >>> 0;
  const w1 = ((groups[2]! << 16) | groups[3]!) >>> 0;
  const w2 = ((groups[4]! << 16) | groups[5]!) >>> 0;
  const mapped = w0 === 0 && w1 === 0 && w2 === 0xffff;
  into.version = mapped ? 4 : 6;
  into.w0 = w0;
  into.w1 = w1;
  into.w2 = mapped ? 0 : w2;
  into.w3 = ((groups[6]! << 16) | groups[7]!) >>> 0;
}

/** Reads an address from text; `undefined` if it is none. (No character beyond ASCII is part of an address.) */
export function addressFromText(text: string): AddressWords | undefined {
  const bytes = Uint8Array.from(text, (char) => Math.min(char.charCodeAt(0), 127));
  const into = emptyAddress();
  return parseAddress(bytes, 0, bytes.length, into) ? into : undefined;
}

/** Dotted quad of an IPv4 number. */
export function ipv4Text(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** The canonical text form of RFC 5952. */
export function ipv6Text(w0: number, w1: number, w2: number, w3: number): string {
  const groups = [w0, w1, w2, w3].flatMap((word) => [word >>> 16, word & 0xffff]);
  let gapAt = -1;
  let gapLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > gapLength) [gapAt, gapLength] = [start, length];
  }
  const hex = groups.map((group) => group.toString(16));
  if (gapAt < 0) return hex.join(":");
  return `${hex.slice(0, gapAt).join(":")}::${hex.slice(gapAt + gapLength).join(":")}`;
}

/** The text form of a parsed address; `""` for none. */
export function addressText(address: AddressWords): string {
  if (address.version === 0) return "";
  return address.version === 4
    ? ipv4Text(address.w3)
    : ipv6Text(address.w0, address.w1, address.w2, address.w3);
}
