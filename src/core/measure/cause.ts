import { type FacetFields, markCodes, sideBits } from "../observation/index.ts";
import { countsComputers, countsSites, kindOfCode } from "../taxonomy/index.ts";

/**
 * Why an observation is not in the headline numbers. Each is kept and counted in its own line; an observation has one cause,
 * the first that applies in this order. Stored codes are positions: only ever append.
 */
export const causes = [
  /** In the headline numbers. */
  "counted",
  /** The victim's address is not globally reachable (private, reserved, documentation ...). */
  "reservedVictim",
  /** The origin's address is not globally reachable. */
  "reservedOrigin",
  /** The victim's address is on a warning list. */
  "warningListVictim",
  /** The origin's address is on a warning list: public resolver, CDN, known sinkhole. */
  "warningListOrigin",
  /** The feed names no origin: a compromised host whose intruder is unknown. */
  "originNotNamed",
  /** The location table does not know the victim. */
  "unlocatedVictim",
  /** The location table does not know the origin. */
  "unlocatedOrigin",
  /** The victim is not at home. */
  "foreignVictim",
  /** The origin is at home. */
  "domesticOrigin",
  /** The kind is neither control of a computer nor a back door: scans, attempts, exposed services. */
  "otherKind",
] as const;

/** One of {@link causes}. */
export type Cause = (typeof causes)[number];

/** The causes that keep an observation out: all but `counted`. */
export type Exclusion = Exclude<Cause, "counted">;

/** The stored code of a cause. */
export function causeCode(cause: Cause): number {
  return causes.indexOf(cause);
}

/**
 * The cause of an observation's facet, for a home of packed country codes. A listing (an origin without a victim) is
 * counted by its origin alone.
 */
export function causeOf(facet: FacetFields, home: ReadonlySet<number>): Cause {
  const victim = (facet.sides & sideBits.victim) !== 0;
  const origin = (facet.sides & sideBits.origin) !== 0;
  if (victim && facet.victimMark === markCodes.reserved) return "reservedVictim";
  if (origin && facet.originMark === markCodes.reserved) return "reservedOrigin";
  if (victim && facet.victimMark !== markCodes.none) return "warningListVictim";
  if (origin && facet.originMark !== markCodes.none) return "warningListOrigin";
  if (!origin) return "originNotNamed";
  if (victim && facet.victimCountry === 0) return "unlocatedVictim";
  if (facet.originCountry === 0) return "unlocatedOrigin";
  if (victim && !home.has(facet.victimCountry)) return "foreignVictim";
  if (home.has(facet.originCountry)) return "domesticOrigin";
  const kind = kindOfCode(facet.kind);
  return kind && (countsComputers(kind) || countsSites(kind)) ? "counted" : "otherKind";
}
