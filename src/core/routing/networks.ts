import { addressFromText, type AddressWords } from "../network/index.ts";
import { type Prefix, readPrefix } from "../institution/index.ts";

const read = new WeakMap<readonly string[], readonly Prefix[]>();

/** Whether an address lies in one of some networks. A list is read once; what is no network in it holds nothing. */
export function liesIn(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0 || address === "") return false;
  const words = addressFromText(address);
  return words !== undefined && prefixesOf(networks).some((prefix) => holds(prefix, words));
}

/** Whether a host is a domain, or lies below it. */
export function liesBelow(host: string, domain: string): boolean {
  const [name, parent] = [host, domain].map((it) => it.toLowerCase().replace(/\.$/, ""));
  return parent !== "" && (name === parent || name!.endsWith(`.${parent}`));
}

function prefixesOf(networks: readonly string[]): readonly Prefix[] {
  const known = read.get(networks);
  if (known) return known;
  const prefixes = networks.flatMap((text) => readPrefix(text) ?? []);
  read.set(networks, prefixes);
  return prefixes;
}

function holds({ address, length }: Prefix, words: AddressWords): boolean {
  if (address.version !== words.version) return false;
  if (address.version === 4) return agree(address.w3, words.w3, length);
  return (
    agree(address.w0, words.w0, length) &&
    agree(address.w1, words.w1, length - 32) &&
    agree(address.w2, words.w2, length - 64) &&
    agree(address.w3, words.w3, length - 96)
  );
}

/** Whether the first so many bits of two words are the same. */
function agree(one: number, other: number, bits: number): boolean {
  if (bits <= 0) return true;
  return bits >= 32 ? one === other : (one ^ other) >>> (32 - bits) === 0;
}
