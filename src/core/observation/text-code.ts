/**
 * Dictionary codes of text: 64 bits as two unsigned words (low, high), the same in every process and on every machine, so
 * that workers and nodes need no common counter. The top byte of the high word says how the code is made:
 *
 * - 0: no text (code 0);
 * - 1 to 7: that many UTF-8 bytes, packed, first byte lowest: the code is the text;
 * - 0x10: a decimal number without leading zeros, below 2^53: the code is the text;
 * - 0x80 and above: a 63-bit hash; the text itself stands in the store's dictionary.
 *
 * Two texts of one hash are told apart: within a block the row of the second is refused (see the builder); else the store refuses
 * the rows of the second when it comes to its dictionary.
 */

import { viewOf } from "./byte-view.ts";

const PACKED_MAX = 7;
const DECIMAL = 0x10;
const HASHED = 0x80000000;

/** The code made last by {@link encodeText}, as two unsigned words: a result without garbage for the hot path. */
export const lastCode = { lo: 0, hi: 0 };

/** Whether the text of this high word must be kept in the dictionary, because the code does not hold it. */
export function needsDictionary(hi: number): boolean {
  return hi >= HASHED;
}

/** Encodes the UTF-8 bytes `[from, to)` into {@link lastCode}. */
export function encodeText(bytes: Uint8Array, from: number, to: number): void {
  const length = to - from;
  if (length <= PACKED_MAX) {
    packText(bytes, from, length);
    return;
  }
  if (length <= 16 && packDecimal(bytes, from, to)) return;
  hashText(bytes, from, to);
}

function packText(bytes: Uint8Array, from: number, length: number): void {
  let lo = 0;
  let hi = 0;
  for (let i = 0; i < length; i++) {
    if (i < 4) lo |= bytes[from + i]! << (8 * i);
    else hi |= bytes[from + i]! << (8 * (i - 4));
  }
  lastCode.lo = lo >>> 0;
  lastCode.hi = length === 0 ? 0 : ((length << 24) | hi) >>> 0;
}

function packDecimal(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] === 48) return false;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return false;
    value = value * 10 + digit;
  }
  if (value > Number.MAX_SAFE_INTEGER) return false;
  lastCode.lo = value >>> 0;
  lastCode.hi = ((DECIMAL << 24) | Math.floor(value / 4294967296)) >>> 0;
  return true;
}

/** From this length on, reading whole words is worth a view of the bytes. */
const LONG = 16;

/** Two lanes of MurmurHash3's 32-bit mixing over the same bytes with different constants. */
function hashText(bytes: Uint8Array, from: number, to: number): void {
  let a = 0x9747b28c ^ (to - from);
  let b = 0x3c6ef372;
  let at = from;
  if (to - from >= LONG) {
    const view = viewOf(bytes);
    for (; at + 4 <= to; at += 4) {
      const word = view.getInt32(at, true);
      a = Math.imul(rotate(a ^ Math.imul(word, 0xcc9e2d51), 13), 5) + 0xe6546b64;
      b = Math.imul(rotate(b ^ Math.imul(word, 0x85ebca77), 17), 9) + 0x38495ab5;
    }
  }
  for (; at + 4 <= to; at += 4) {
    const word =
      bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    a = Math.imul(rotate(a ^ Math.imul(word, 0xcc9e2d51), 13), 5) + 0xe6546b64;
    b = Math.imul(rotate(b ^ Math.imul(word, 0x85ebca77), 17), 9) + 0x38495ab5;
  }
  let tail = 0;
  for (let shift = 0; at < to; at++, shift += 8) tail |= bytes[at]! << shift;
  a ^= Math.imul(tail, 0x1b873593);
  b ^= Math.imul(tail, 0xc2b2ae3d);
  lastCode.lo = finish(a ^ rotate(b, 16));
  lastCode.hi = (finish(b + a) | HASHED) >>> 0;
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function finish(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The text of a code that holds its own text; `undefined` if the dictionary must be asked. `""` for code 0. */
export function decodeText(lo: number, hi: number): string | undefined {
  const top = hi >>> 24;
  if (top === 0) return "";
  if (top === DECIMAL) return String((hi & 0xffffff) * 4294967296 + lo);
  if (top > PACKED_MAX) return undefined;
  const bytes = [];
  for (let i = 0; i < top; i++)
    bytes.push(i < 4 ? (lo >>> (8 * i)) & 255 : (hi >>> (8 * (i - 4))) & 255);
  return utf8Text(bytes);
}

/** UTF-8 decoding without the platform's decoder, which core does not have; bad sequences become U+FFFD. */
export function utf8Text(bytes: ArrayLike<number>): string {
  if (bytes.length < SHORT && isAscii(bytes))
    return String.fromCharCode.apply(null, bytes as number[]);
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : -1;
    let point = more === 0 ? first : first & (0x3f >> more);
    let whole = more >= 0 && at + more < bytes.length;
    for (let i = 1; whole && i <= more; i++) {
      const next = bytes[at + i]!;
      whole = (next & 0xc0) === 0x80;
      point = (point << 6) | (next & 0x3f);
    }
    text += whole && point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    at += whole ? more + 1 : 1;
  }
  return text;
}

/** Texts below this many bytes are made by one call: more arguments may be too many. */
const SHORT = 1024;

function isAscii(bytes: ArrayLike<number>): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! > 127) return false;
  return true;
}

/** UTF-8 bytes of a text, for callers off the hot path. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const point = char.codePointAt(0)!;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 63),
        0x80 | ((point >> 6) & 63),
        0x80 | (point & 63),
      );
  }
  return Uint8Array.from(bytes);
}
