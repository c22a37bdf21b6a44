import { type AddressWords, addressFromText } from "../../core/network/index.ts";

/** The first and last address of a prefix. */
export interface Span {
  readonly start: AddressWords;
  readonly end: AddressWords;
}

/**
 * The span of `address/length`, host bits cleared. `undefined` if the length is impossible. An IPv4-mapped IPv6
 * address has become an IPv4 address, so its length must have lost 96 before.
 */
export function prefixSpan(address: AddressWords, length: number): Span | undefined {
  const most = address.version === 4 ? 32 : 128;
  if (address.version === 0 || !Number.isInteger(length) || length < 0 || length > most)
    return undefined;
  const start = { ...address };
  const end = { ...address };
  const shift = 128 - most;
  for (const [index, word] of (["w0", "w1", "w2", "w3"] as const).entries()) {
    if (index * 32 < shift) continue;
    const fixed = Math.min(32, Math.max(0, length + shift - index * 32));
    const mask = fixed === 0 ? 0 : (0xffffffff << (32 - fixed)) >>> 0;
    start[word] = (address[word] & mask) >>> 0;
    end[word] = (address[word] | ~mask) >>> 0;
  }
  return { start, end };
}

/** The span of a CIDR such as `192.0.2.0/24`, or of a single address. `undefined` if it is neither. */
export function cidrSpan(text: string): Span | undefined {
  const slash = text.indexOf("/");
  const host = slash < 0 ? text : text.slice(0, slash);
  const address = addressFromText(host);
  if (address === undefined) return undefined;
  if (slash < 0) return { start: address, end: { ...address } };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits)) return undefined;
  const mapped = address.version === 4 && host.includes(":");
  return prefixSpan(address, Number(digits) - (mapped ? 96 : 0));
}
