import { addressFromText, addressText, type AddressWords, emptyAddress } from "../network/index.ts";

/** A network in the sense of CIDR: an address whose host part is zero, and how many bits are fixed. */
export interface Prefix {
  readonly address: AddressWords;
  /** 0 to 32, or 0 to 128. */
  readonly length: number;
}

const bitsOf = ({ version }: AddressWords): number => (version === 4 ? 32 : 128);

/** Reads `192.0.2.0/24`, or a single address; host bits are cleared. `undefined` if it is neither. */
export function readPrefix(text: string): Prefix | undefined {
  const [host = "", digits, ...rest] = text.trim().split("/");
  const address = addressFromText(host);
  if (address === undefined || rest.length > 0) return undefined;
  const bits = bitsOf(address);
  if (digits === undefined) return { address, length: bits };
  if (!/^\d{1,3}$/.test(digits)) return undefined;
  // An IPv4-mapped address has become an IPv4 address, and its length counts from there.
  const length = Number(digits) - (bits === 32 && host.includes(":") ? 96 : 0);
  return length < 0 || length > bits ? undefined : { address: masked(address, length), length };
}

/** The one text form of a network: `192.0.2.0/24`, `2001:db8::/32`. */
export function prefixText({ address, length }: Prefix): string {
  return `${addressText(address)}/${length}`;
}

/** The networks that a range of addresses is made of, inclusive, the fewest; empty if it is no range. */
export function prefixesOfRange(first: AddressWords, last: AddressWords): Prefix[] {
  if (first.version === 0 || first.version !== last.version) return [];
  const bits = bitsOf(first);
  const end = numberOf(last);
  const found: Prefix[] = [];
  for (let at = numberOf(first); at <= end;) {
    let size = 0;
    while (
      size < bits &&
      (at & (1n << BigInt(size))) === 0n &&
      at + (2n << BigInt(size)) - 1n <= end
    )
      size++;
    found.push({ address: addressOf(at, first.version), length: bits - size });
    at += 1n << BigInt(size);
  }
  return found;
}

/** The address with all bits behind the first `length` cleared. */
function masked(address: AddressWords, length: number): AddressWords {
  const shift = 128 - bitsOf(address);
  const word = (value: number, index: number): number => {
    const fixed = Math.min(32, Math.max(0, length + shift - index * 32));
    return fixed === 0 ? 0 : (value & (0xffffffff << (32 - fixed))) >>> 0;
  };
  const { version, w0, w1, w2, w3 } = address;
  return { version, w0: word(w0, 0), w1: word(w1, 1), w2: word(w2, 2), w3: word(w3, 3) };
}

/** Whether an address is in a network. */
export function isWithin(other: AddressWords, { address, length }: Prefix): boolean {
  if (other.version !== address.version) return false;
  if (address.version === 4) return sameBits(address.w3, other.w3, length);
  return (
    sameBits(address.w0, other.w0, length) &&
    sameBits(address.w1, other.w1, length - 32) &&
    sameBits(address.w2, other.w2, length - 64) &&
    sameBits(address.w3, other.w3, length - 96)
  );
}

/** Whether the first so many bits of two words are the same; makes no garbage. */
function sameBits(left: number, right: number, bits: number): boolean {
  if (bits <= 0) return true;
  return bits >= 32 ? left === right : (left ^ right) >>> (32 - bits) === 0;
}

/** Which of two addresses of one version comes first: below 0 the left one. */
export function compareAddresses(left: AddressWords, right: AddressWords): number {
  return left.w0 - right.w0 || left.w1 - right.w1 || left.w2 - right.w2 || left.w3 - right.w3;
}

function numberOf({ w0, w1, w2, w3 }: AddressWords): bigint {
  return (BigInt(w0) << 96n) | (BigInt(w1) << 64n) | (BigInt(w2) << 32n) | BigInt(w3);
}

function addressOf(value: bigint, version: AddressWords["version"]): AddressWords {
  const word = (shift: bigint): number => Number((value >> shift) & 0xffffffffn);
  return Object.assign(emptyAddress(), {
    version,
    w0: word(96n),
    w1: word(64n),
    w2: word(32n),
    w3: word(0n),
  });
}
