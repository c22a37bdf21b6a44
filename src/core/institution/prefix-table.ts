import type { AddressWords } from "../network/index.ts";
import { compareAddresses, isWithin, type Prefix } from "./prefix.ts";

/**
 * Networks of one version of IP, each with a value. They are sorted by their first address, the wider one first; each
 * knows the narrowest network around it. A look-up is one binary search and a walk outwards.
 */
export class PrefixTable<Value> {
  readonly #prefixes: Prefix[];
  readonly #values: Value[][] = [];
  readonly #around: Int32Array;

  constructor(entries: readonly (readonly [Prefix, Value])[]) {
    const sorted = [...entries].sort(([left], [right]) => compare(left, right));
    this.#prefixes = [];
    for (const [prefix, value] of sorted) {
      const last = this.#prefixes.at(-1);
      if (last !== undefined && compare(last, prefix) === 0) this.#values.at(-1)!.push(value);
      else {
        this.#prefixes.push(prefix);
        this.#values.push([value]);
      }
    }
    this.#around = new Int32Array(this.#prefixes.length);
    for (let at = 0; at < this.#prefixes.length; at++)
      this.#around[at] = this.#outwards(this.#prefixes[at]!.address, at - 1);
  }

  /** The values of all networks that an address is in, those of the narrowest first. */
  find(address: AddressWords): Value[] {
    const found: Value[] = [];
    let at = this.#outwards(address, this.#lastBefore(address));
    for (; at >= 0; at = this.#around[at]!) found.push(...this.#values[at]!);
    return found;
  }

  /** The first of this network and those around it that has the address in it; -1 if none. */
  #outwards(address: AddressWords, from: number): number {
    let at = from;
    while (at >= 0 && !isWithin(address, this.#prefixes[at]!)) at = this.#around[at]!;
    return at;
  }

  /** The last network that begins at or before an address. */
  #lastBefore(address: AddressWords): number {
    let low = 0;
    let high = this.#prefixes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareAddresses(this.#prefixes[middle]!.address, address) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function compare(left: Prefix, right: Prefix): number {
  return compareAddresses(left.address, right.address) || left.length - right.length;
}
