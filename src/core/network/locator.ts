import type { CountryCode } from "./country.ts";

/**
 * Answers where an address is. A look-up gives a *place*, a small number that indexes the three arrays: country, AS number
 * and mark (why the address is set aside from the headline counts). Place 0 is "nowhere": not located, no AS, no mark.
 * Look-ups are synchronous, make no garbage and never use the network.
 */
export interface Locator {
  /** The place of an IPv4 address (unsigned 32-bit number). */
  place4(address: number): number;
  /** The place of an IPv6 address, four unsigned words, most significant first. */
  place6(w0: number, w1: number, w2: number, w3: number): number;
  /** Country by place, packed; 0 is not located. */
  readonly countries: ArrayLike<CountryCode>;
  /** AS number by place; 0 is unknown. */
  readonly asns: ArrayLike<number>;
  /** Mark by place, see `markCodes`. */
  readonly marks: ArrayLike<number>;
}

/** What is known of a host name. */
export interface HostFacts {
  /** Sector such as `government`, `academic`, `information-system`; `""` if unknown. */
  readonly sector: string;
  /** Country of the host where its address is not known: operator's list, else country-code TLD; 0 if neither says. */
  readonly country: CountryCode;
}

/** Answers what sector and country a host name (lower case, no trailing dot) belongs to. */
export type DescribeHost = (host: string) => HostFacts;
