import { parseIpv4 } from "../../../core/network/index.ts";

// Of its own: the engine does not fold constants of other modules.
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const COLON = 58;
const QUESTION = 63;
const HASH = 35;
const OPEN_LIST = 91;

const DIGIT = 1;
const LETTER = 2;
const POINT = 3;
/** The bytes of names in small letters. */
const classes = new Uint8Array(256);
for (let byte = 97; byte <= 122; byte++) classes[byte] = LETTER;
for (let byte = ZERO; byte <= 57; byte++) classes[byte] = DIGIT;
classes[45] = classes[95] = LETTER;
classes[DOT] = POINT;

const schemes = [Buffer.from("http://"), Buffer.from("https://")];

/**
 * Finds host and port in the bytes of what names a host in one of the usual forms: an IPv4 address, a name in small letters, either
 * with a port, or a URL of the web with such a host. What is of another form is read as text.
 */
export class HostForm {
  isUrl = false;
  /** The IPv4 address that stands for the host; 0 if it is a name. */
  address = 0;
  /** Where the name stands. */
  from = 0;
  to = 0;
  /** 0 if there is none. */
  port = 0;

  /** Whether `[from, to)` is of such a form. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    this.from = behindScheme(bytes, from, to);
    this.isUrl = this.from > from;
    this.port = this.address = 0;
    if (!this.#readHost(bytes, to)) return false;
    let at = this.to;
    if (bytes[at] === COLON && at < to) {
      at = this.#readPort(bytes, at + 1, to);
      if (at < 0) return false;
    }
    if (at === to) return true;
    const next = bytes[at];
    if (!this.isUrl || (next !== SLASH && next !== QUESTION && next !== HASH)) return false;
    // A bracket may be somebody's way to make the URL harmless.
    for (; at < to; at++) if (bytes[at] === OPEN_LIST) return false;
    return true;
  }

  #readHost(bytes: Uint8Array, to: number): boolean {
    const { from } = this;
    let at = from;
    let last = -1;
    let isNumber = true;
    for (; at < to; at++) {
      const is = classes[bytes[at]!];
      if (is === 0) break;
      if (is === POINT) {
        last = at;
        isNumber = true;
      } else if (is === LETTER) isNumber = false;
    }
    this.to = at;
    if (last < 0 || last === at - 1) return false;
    if (!isNumber) return true;
    const address = parseIpv4(bytes, from, at);
    if (address <= 0) return false;
    this.address = address;
    return true;
  }

  /** Behind the port; -1 if there is none. */
  #readPort(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    let port = 0;
    for (; at < to && at - from < 5; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) break;
      port = port * 10 + digit;
    }
    this.port = port;
    return port > 0 && port <= 65_535 ? at : -1;
  }
}

function behindScheme(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== 0x68) return from;
  for (const scheme of schemes) {
    const { length } = scheme;
    let same = 0;
    while (same < length && bytes[from + same] === scheme[same]) same++;
    if (same === length && from + length <= to) return from + length;
  }
  return from;
}
