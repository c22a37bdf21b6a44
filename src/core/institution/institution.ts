import type { Tlp } from "../marking/index.ts";
import type { Instant } from "../time/index.ts";

/** What an institution is: it decides on which rung of the ladder it stands. */
export const institutionKinds = [
  "national-csirt",
  "sector-csirt",
  "regional-csirt",
  "operator",
  "upstream",
  "registrar",
  "registry",
  "authority",
  "constituent",
  "other",
] as const;

/** One of {@link institutionKinds}. */
export type InstitutionKind = (typeof institutionKinds)[number];

/**
 * How far we trust an institution, least first: T0 a scraped abuse box, T1 a verified operator, T2 a verified CSIRT, T3 a partner
 * with a memorandum or TLP agreement, T4 our own constituency. It decides what a message to it may say.
 */
export const trustTiers = ["T0", "T1", "T2", "T3", "T4"] as const;

/** One of {@link trustTiers}. */
export type TrustTier = (typeof trustTiers)[number];

/** How an institution stands to us at present. `silent`: it does not answer; `suspended`: we (or it) broke off for a stated reason. */
export interface Relation {
  readonly state: "active" | "silent" | "suspended";
  readonly since: Instant;
  /** Why, in a sentence; may be empty while active. */
  readonly reason: string;
}

/** An organisation that may be told something. */
export interface Institution {
  /** Stable and readable: `national-csirt-us`, `as-64500`. */
  readonly id: string;
  readonly name: string;
  readonly kind: InstitutionKind;
  /** ISO 3166-1 alpha-2; empty for a regional or global body. */
  readonly country: string;
  /** Languages that it reads, BCP 47, best first; empty when unknown: then a message has all ours. */
  readonly languages: readonly string[];
  readonly tier: TrustTier;
  readonly relation: Relation;
  /** The memorandum, contract or law that sharing rests on, in words. */
  readonly agreement: string;
  /** Nothing marked above this goes there, whatever the tier would allow. */
  readonly maxTlp: Tlp;
  /** It asked not to be told. */
  readonly optedOut: boolean;
  readonly provenance: Provenance;
}

/** Where a fact of the directory comes from. What a person entered (`manual`) beats what was imported, always. */
export interface Provenance {
  /** `manual`, or the importer and its file: `csirt-list`, `rdap`. */
  readonly source: string;
  readonly manual: boolean;
  readonly importedAt: Instant;
}
