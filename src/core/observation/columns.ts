import type { Refusals } from "./refusals.ts";
import type { Skips } from "./skip.ts";

/**
 * Observations as columns: the form in which they travel from a feed to the store. One typed array a field, no object a
 * row. A 64-bit field is a `Uint32Array` of two words a row, low word first: the memory layout of a little-endian
 * 64-bit integer, so that a store can copy it as it is.
 */

/**
 * The tuple of low-cardinality facts under which an observation is counted. Each block of rows carries its distinct
 * facets once; a row points at one by its position.
 *
 * `victim...`/`origin...`: country packed ({@link packCountry}), mark (why the address is set aside: {@link markCodes}).
 * `sides`: which sides the row names, see {@link sideBits}: a listing of a C2 server names an origin alone.
 * Text fields (`family`, `sector`) are dictionary codes, low and high word.
 */
export interface Facets {
  /** How many distinct facets. */
  count: number;
  kind: Uint8Array;
  sides: Uint8Array;
  victimCountry: Uint16Array;
  victimMark: Uint8Array;
  originCountry: Uint16Array;
  originMark: Uint8Array;
  originAsn: Uint32Array;
  protocol: Uint8Array;
  tlp: Uint8Array;
  /** 0 to 100; 255 is "the feed does not say". */
  confidence: Uint8Array;
  family: Uint32Array;
  sector: Uint32Array;
}

/** The bits of a facet's `sides`. */
export const sideBits = { victim: 1, origin: 2 } as const;

/** Texts of a block whose codes do not hold them: code i is `codes[2i], codes[2i+1]`, text i is `bytes[ends[i-1], ends[i])`. */
export interface Texts {
  count: number;
  codes: Uint32Array;
  ends: Uint32Array;
  bytes: Uint8Array;
}

/** A block of observations of one batch. All arrays have at least `rows` entries (twice that for 64-bit fields). */
export interface ObservationColumns {
  rows: number;
  /** Line of the file on which the row begins, from 1. */
  line: Float64Array;
  /** 64 bit: when the event was, milliseconds since 1970-01-01T00:00Z. */
  seenAt: Uint32Array;
  /** 64 bit: until when, if the feed asserts a span; else 0. */
  seenUntil: Uint32Array;
  /** Event day: days since 1970-01-01 UTC. */
  day: Uint16Array;
  /**
   * 64 bit: the key that a victim is counted by. IPv4: the address. IPv6: the upper 64 bits (the /64 is the usual unit
   * of one host or household). 0: no victim address. The two cannot meet: an IPv6 prefix below 2^32 is reserved space.
   */
  victim: Uint32Array;
  /** 64 bit: the lower half of an IPv6 victim address; 0 for IPv4. */
  victimLow: Uint32Array;
  /** 64 bit: the key of the origin, as for `victim`. */
  origin: Uint32Array;
  originLow: Uint32Array;
  victimPort: Uint16Array;
  originPort: Uint16Array;
  victimAsn: Uint32Array;
  /** 64-bit text code: host name of the victim; the key that a web site is counted by. */
  victimHost: Uint32Array;
  originHost: Uint32Array;
  /** 64-bit text code: URL or path on the victim's host, as reported. */
  url: Uint32Array;
  /** 64-bit text code: the feed's own id of the event. */
  eventId: Uint32Array;
  /** How many times the event was seen, at least 1. */
  count: Uint32Array;
  /** 64 bit: the identity key, see {@link computeIdentity}. */
  identity: Uint32Array;
  /**
   * 64-bit text codes: what else the feed said, each a JSON object of strings. What it said of the victim (its city ...) stands
   * apart: the two repeat much, their combinations do not. {@link joinExtra} puts them together.
   */
  extra: Uint32Array;
  victimExtra: Uint32Array;
  /** Position in `facets` of each row. */
  facet: Uint32Array;
  facets: Facets;
  texts: Texts;
  refusals: Refusals;
  skips: Skips;
  /** Lines of input that the block held (also blank ones). */
  lines: number;
}

/** Why an address is set aside from the headline counts, whatever the question; stored codes, never change one. */
export const markCodes = {
  none: 0,
  /** Not globally reachable (IANA special-purpose registries). */
  reserved: 1,
  publicResolver: 2,
  cdn: 3,
  sinkhole: 4,
  /** On a list of the operator's own. */
  operatorList: 5,
} as const;

/** The name of a mark. */
export type Mark = keyof typeof markCodes;

/** One JSON object of two, each a JSON object with at least one member or `""`. */
export function joinExtra(victimExtra: string, extra: string): string {
  if (victimExtra === "" || extra === "") return victimExtra + extra;
  return `${victimExtra.slice(0, -1)},${extra.slice(1)}`;
}
