import type { Provenance } from "./institution.ts";

/** What an institution can be responsible for, most specific first. */
export const responsibilityKinds = ["domain", "cidr", "asn", "sector", "country"] as const;

/** One of {@link responsibilityKinds}. */
export type ResponsibilityKind = (typeof responsibilityKinds)[number];

/** That an institution answers for a part of the network. */
export interface Responsibility {
  readonly institution: string;
  readonly kind: ResponsibilityKind;
  /**
   * In one canonical form: a domain in lower-case A-labels, which stands for everything below it; a CIDR with a zeroed host part; an AS
   * number in digits; an ISO 3166-1 code; a sector's name.
   */
  readonly value: string;
  readonly provenance: Provenance;
}
