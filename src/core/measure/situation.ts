/** The situation: the numbers of the founding statement for a period and a home, and what they rest on. */
import type { Kind } from "../taxonomy/index.ts";
import type { Exclusion } from "./cause.ts";
import type { Period } from "./period.ts";

/** What a situation can be broken down by. */
export const breakdowns = [
  "country",
  "asn",
  "month",
  "day",
  "sector",
  "family",
  "feed",
  "kind",
] as const;

/** One of {@link breakdowns}. */
export type Breakdown = (typeof breakdowns)[number];

/** The question. */
export interface SituationQuestion {
  readonly period: Period;
  /** ISO 3166-1 alpha-2 codes that are home. */
  readonly home: readonly string[];
  /** Only this kind; all kinds of the headline if absent. */
  readonly kind?: Kind;
  readonly by?: Breakdown;
}

/**
 * Distinct counts of one group (or of everything). `victims` of different groups overlap: one computer may be controlled
 * from two countries. Origins of different countries do not.
 */
export interface Counts {
  /** Distinct computers at home, by address (IPv6: by /64). */
  victims: number;
  /** Distinct addresses abroad that control or affect them, or that a feed lists as doing so. */
  origins: number;
  /** Of these, the ones for which a feed named a victim at home; the rest are listings. */
  originsWithVictims: number;
  /** Distinct web sites at home that were entered from abroad, by host name. */
  websites: number;
  /** Distinct addresses abroad that entered them. */
  websiteOrigins: number;
}

/** How much stands behind one cause of exclusion. */
export interface ExcludedCounts {
  observations: number;
  /** Distinct victim addresses. */
  victims: number;
  /** Distinct origin addresses. */
  origins: number;
}

/** What the store answers: plain counts, without names and shares. */
export interface SituationCounts {
  readonly total: Counts;
  /** By packed country code of the origin. */
  readonly byCountry: ReadonlyMap<number, Counts>;
  /** Web sites by sector. */
  readonly websitesBySector: ReadonlyMap<string, number>;
  readonly excluded: ReadonlyMap<Exclusion, ExcludedCounts>;
  /** Observations of the period that the headline counts rest on. */
  readonly observations: number;
  readonly groups?: ReadonlyMap<string, Counts>;
}

/** A feed that the numbers rest on, or should rest on. */
export interface FeedBasis {
  name: string;
  /** Observations kept of it in the period. */
  observations: number;
  /** First and last event day in the period, `YYYY-MM-DD`; `null` if it has no observation in it. */
  firstDay: string | null;
  lastDay: string | null;
  /** When the last batch of it was stored, ISO 8601; `null` if none is stored any more. */
  lastStored: string | null;
  /** Days of the period that the feed should have told of and did not: no rows of it on these is not zero rows. */
  down: string[];
  /** The same, of which the file may still come. */
  late: string[];
}

/** What the numbers rest on; printed with them. */
export interface Basis {
  exact: true;
  /** What one victim and one origin is. */
  unit: string;
  /** The kinds that the headline counts. */
  kinds: Kind[];
  /** The location table of the newest batch; `others` if batches of the period were located by others. */
  locationTable: { name: string; date: string; others: number };
  feeds: FeedBasis[];
  /** When the last batch was stored, ISO 8601; `null` for an empty store. */
  asOf: string | null;
}

/** One country of origin. Shares are fractions of the total (0 to 1, 6 decimals); victim shares overlap. */
export interface CountryRow {
  country: string;
  name: string;
  origins: number;
  victims: number;
  originShare: number;
  victimShare: number;
  originRank: number;
  victimRank: number;
  originsWithVictims: number;
}

/** The whole answer, as `tocsin situation --json` prints it. */
export interface Situation {
  period: { from: string; until: string; lastDay: string };
  home: string[];
  kind: Kind | null;
  total: { victims: number; origins: number; originsWithVictims: number; observations: number };
  byCountry: CountryRow[];
  websites: {
    total: number;
    origins: number;
    byCountry: {
      country: string;
      name: string;
      websites: number;
      origins: number;
      share: number;
    }[];
    bySector: { sector: string; websites: number; share: number }[];
  };
  /** Present if the question asked for a breakdown; in order of time, or of origins, victims and key. */
  by?: { breakdown: Breakdown; rows: (Counts & { key: string; name: string })[] };
  excluded: Record<Exclusion, ExcludedCounts>;
  /** Says that the victim sets of countries overlap and must not be added up. */
  overlap: string;
  basis: Basis;
}
