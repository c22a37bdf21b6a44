import { HOME } from "./address-space.ts";
import { DATES, LAST_DAY } from "./calendar.ts";
import { UNITED_STATES } from "./country-mix.ts";
import type { Delivery } from "./delivery.ts";
import { impurityEvents, type Impurities } from "./impurities.ts";
import type { ReplayFormat } from "./row-formats.ts";
import type { Access, Sector, Site } from "./sites.ts";
import type { Hosts, Tally } from "./tally.ts";
import type { Targets } from "./targets.ts";

/**
 * Everything that a product must count in a replay, as `truth.json` says it. All numbers of hosts are distinct
 * addresses: victims at home, origins abroad. They were counted while the rows were drawn, not taken from the targets.
 */
export interface Truth {
  seed: string;
  /** The replay is 1:`scale`. */
  scale: number;
  format: ReplayFormat;
  /** ISO code of the country whose picture this is. */
  home: string;
  /** First and last day, both inclusive. Rows of these days may stand in the files of three days more. */
  period: { from: string; to: string };
  /** What the replay was made to hold: the article's figures at this scale. */
  article: Targets;
  victims: number;
  origins: number;
  /** By ISO code of the origins. The victims of different countries overlap; their sum is more than `victims`. */
  byCountry: Record<string, Hosts>;
  /** Hosts seen in each month, such as `2013-01`. Months overlap as well. */
  byMonth: (Hosts & { month: string })[];
  sites: SiteTruth;
  rows: RowTruth;
}

/** The web sites of a replay. */
export interface SiteTruth {
  total: number;
  /** Entered from the United States. */
  us: number;
  bySector: Record<Sector, number>;
  /** Sites entered from each country. A site that several countries entered counts in each. */
  byCountry: Record<string, number>;
  /** Rows of `site-accesses.csv`. */
  accesses: number;
  /** Distinct addresses that entered. */
  origins: number;
  usOrigins: number;
}

/** The rows of the daily files, headers left aside. */
export interface RowTruth {
  /** All of them. */
  rows: number;
  /** Rows that deliver an event a second time. */
  duplicates: number;
  /** Events in the file of a later day than their own. */
  late: number;
  /** Distinct pairs of a victim at home and an origin abroad. */
  edges: number;
  /** Distinct events: `rows` without `duplicates`. */
  events: number;
  /** Events of a victim at home and an origin abroad: `events` without the traps. */
  counted: number;
  /** What is there and must not count. */
  traps: Impurities;
}

/** What a truth is made from. */
export interface Outcome {
  seed: string;
  scale: number;
  format: ReplayFormat;
  targets: Targets;
  tally: Tally;
  pairs: number;
  delivery: Delivery;
  impurities: Impurities;
  sites: readonly Site[];
  accesses: readonly Access[];
}

/** The truth about a replay. */
export function truthOf(outcome: Outcome): Truth {
  const { seed, scale, format, targets, tally } = outcome;
  return {
    seed,
    scale,
    format,
    home: HOME,
    period: { from: DATES[0]!, to: DATES[LAST_DAY]! },
    article: targets,
    ...tally.total(),
    byCountry: tally.byCountry(),
    byMonth: tally.byMonth(),
    sites: siteTruth(outcome.sites, outcome.accesses),
    rows: rowTruth(outcome),
  };
}

function rowTruth({ delivery, pairs, impurities }: Outcome): RowTruth {
  const { rows, duplicates, late, events } = delivery;
  const counted = events - impurityEvents(impurities);
  return { rows, duplicates, late, edges: pairs, events, counted, traps: impurities };
}

function siteTruth(sites: readonly Site[], accesses: readonly Access[]): SiteTruth {
  const enteredFrom = new Map<string, Set<Site>>();
  for (const { country, site } of accesses) {
    enteredFrom.set(country, (enteredFrom.get(country) ?? new Set()).add(site));
  }
  const fromUs = accesses.filter(({ country }) => country === UNITED_STATES);
  return {
    total: new Set(accesses.map(({ site }) => site)).size,
    us: enteredFrom.get(UNITED_STATES)?.size ?? 0,
    bySector: countSectors(sites),
    byCountry: Object.fromEntries(
      [...enteredFrom]
        .map(([country, entered]): [string, number] => [country, entered.size])
        .sort(([one, sites], [other, others]) => others - sites || (one < other ? -1 : 1)),
    ),
    accesses: accesses.length,
    origins: countOrigins(accesses),
    usOrigins: countOrigins(fromUs),
  };
}

function countSectors(sites: readonly Site[]): Record<Sector, number> {
  const counts: Record<Sector, number> = { government: 0, "information-system": 0, academic: 0 };
  for (const { sector } of sites) counts[sector]++;
  return counts;
}

function countOrigins(accesses: readonly Access[]): number {
  return new Set(accesses.map(({ origin }) => origin)).size;
}
