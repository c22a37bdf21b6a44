import {
  type AddressWords,
  emptyAddress,
  packCountry,
  parseAddress,
} from "../../../core/network/index.ts";
import { prefixSpan, type Span } from "../../shared/prefix.ts";

const SLASH = 47;
const COLON = 58;

/** Codes that registries and vendors use where they mean no country (`AP`: somewhere in Asia or the Pacific). */
const NO_COUNTRY = new Set(["ZZ", "XX", "AP"]);

/** Reads a country code: packed, 0 for "in none", -1 if it is not two characters, empty or `-`. `UK` is `GB`. */
export function readCountry(bytes: Buffer, from: number, to: number): number {
  if (to === from || (to - from === 1 && bytes[from] === 45)) return 0;
  if (to - from !== 2) return -1;
  const code = bytes.toString("latin1", from, to).toUpperCase();
  if (NO_COUNTRY.has(code)) return 0;
  return packCountry(code === "UK" ? "GB" : code);
}

/**
 * Reads an AS number such as `64496` or `AS64496`; of several origins (`1_2`, `{1,2}`) the first. 0 for empty and `-`,
 * -1 if it is none.
 */
export function readAsn(bytes: Buffer, from: number, to: number): number {
  let at = from;
  if (to === at || (to - at === 1 && bytes[at] === 45)) return 0;
  if (bytes[at] === 123) at++;
  if ((bytes[at]! | 32) === 97 && (bytes[at + 1]! | 32) === 115) at += 2;
  const start = at;
  let number = 0;
  for (; at < to && bytes[at]! >= 48 && bytes[at]! <= 57; at++)
    number = number * 10 + bytes[at]! - 48;
  if (at === start || number > 0xffffffff) return -1;
  const next = at < to ? bytes[at]! : 0;
  return next === 0 || next === 95 || next === 44 || next === 125 ? number : -1;
}

/** Reads an address in text form, or as one decimal number (below 2^32 that is IPv4). False if it is neither. */
export function readAddress(bytes: Buffer, from: number, to: number, into: AddressWords): boolean {
  into.version = 0;
  let digits = true;
  for (let at = from; at < to && digits; at++) digits = bytes[at]! >= 48 && bytes[at]! <= 57;
  if (!digits) return parseAddress(bytes, from, to, into);
  if (to === from || to - from > 39) return false;
  if (to - from <= 10) {
    let number = 0;
    for (let at = from; at < to; at++) number = number * 10 + bytes[at]! - 48;
    return number <= 0xffffffff && setFour(into, number);
  }
  return setBig(into, BigInt(bytes.toString("latin1", from, to)));
}

function setFour(into: AddressWords, number: number): true {
  into.version = 4;
  into.w0 = into.w1 = into.w2 = 0;
  into.w3 = number;
  return true;
}

function setBig(into: AddressWords, number: bigint): boolean {
  if (number >> 128n !== 0n) return false;
  if (number >> 32n === 0n || number >> 32n === 0xffffn)
    return setFour(into, Number(number & 0xffffffffn));
  into.version = 6;
  into.w0 = Number(number >> 96n);
  into.w1 = Number((number >> 64n) & 0xffffffffn);
  into.w2 = Number((number >> 32n) & 0xffffffffn);
  into.w3 = Number(number & 0xffffffffn);
  return true;
}

/** Reads decimal digits; -1 if there is anything else or nothing. */
export function readNumber(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return to > from ? number : -1;
}

/** The span of a CIDR in bytes; `undefined` if it is none. An address without length is one address. */
export function readPrefix(bytes: Buffer, from: number, to: number): Span | undefined {
  let slash = from;
  while (slash < to && bytes[slash] !== SLASH) slash++;
  const address = emptyAddress();
  if (!readAddress(bytes, from, slash, address)) return undefined;
  const most = address.version === 4 ? 32 : 128;
  if (slash === to) return prefixSpan(address, most);
  const mapped = most === 32 && bytes.subarray(from, slash).includes(COLON);
  return prefixSpan(address, readNumber(bytes, slash + 1, to) - (mapped ? 96 : 0));
}
