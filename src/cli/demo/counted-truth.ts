import { basename } from "node:path";
import type { JournalEntry } from "../../app/ports.ts";
import type { Situation } from "../../core/measure/index.ts";

/** What the truth says of itself, not of what is counted. */
export interface ReplayIdentity {
  readonly seed: string;
  readonly scale: number;
  readonly format: string;
}

/** What the product counted in the replay. */
export interface ReplayCounts {
  readonly identity: ReplayIdentity;
  /** The picture of all kinds, broken down by month. */
  readonly situation: Situation;
  /** Observations of computers alone. */
  readonly computerObservations: number;
  readonly journal: readonly JournalEntry[];
}

/** The file of the replay that holds the entries into web sites; all others hold rows of a day. */
const SITE_FILE = "site-accesses.csv";

/**
 * What was counted, in the form of the generator's `truth.json`. `rows.late` and `rows.edges` are facts about the files
 * that no number of the product states: they are left out, see {@link notCounted}.
 */
export function countedTruth({ identity, situation, computerObservations, journal }: ReplayCounts) {
  const { total, websites, byCountry, excluded, home, period } = situation;
  const us = byCountry.find(({ country }) => country === "US");
  const sitesFromUs = websites.byCountry.find(({ country }) => country === "US");
  const days = journal.filter(({ path }) => basename(path) !== SITE_FILE);
  const siteRows = journal.filter(({ path }) => basename(path) === SITE_FILE);
  return {
    ...identity,
    home: home.join(","),
    period: { from: period.from, to: period.lastDay },
    article: {
      victims: total.victims,
      origins: total.origins,
      usOrigins: us?.origins ?? 0,
      usVictims: us?.victims ?? 0,
      sites: websites.total,
      usSites: sitesFromUs?.websites ?? 0,
    },
    victims: total.victims,
    origins: total.origins,
    byCountry: Object.fromEntries(
      byCountry.map(({ country, origins, victims }) => [country, { origins, victims }]),
    ),
    byMonth: (situation.by?.rows ?? []).map(({ key, victims, origins }) => {
      return { month: key, victims, origins };
    }),
    sites: {
      total: websites.total,
      us: sitesFromUs?.websites ?? 0,
      bySector: Object.fromEntries(websites.bySector.map((row) => [row.sector, row.websites])),
      byCountry: Object.fromEntries(websites.byCountry.map((row) => [row.country, row.websites])),
      accesses: sum(siteRows, "rows"),
      origins: websites.origins,
      usOrigins: sitesFromUs?.origins ?? 0,
    },
    rows: {
      rows: sum(days, "rows"),
      duplicates: sum(days, "duplicate"),
      events: sum(days, "kept"),
      counted: computerObservations,
      traps: {
        domesticOrigins: excluded.domesticOrigin.origins,
        domesticVictims: excluded.domesticOrigin.victims,
        foreignVictims: excluded.foreignVictim.victims,
        allowlistedOriginRows: excluded.warningListOrigin.observations,
        privateVictimRows: excluded.reservedVictim.observations,
      },
    },
  };
}

/** What was counted. */
export type CountedTruth = ReturnType<typeof countedTruth>;

/** Fields of the truth that no number of the product states. */
export const notCounted: readonly string[] = ["rows.late", "rows.edges"];

function sum(entries: readonly JournalEntry[], field: "rows" | "duplicate" | "kept"): number {
  return entries.reduce((total, entry) => total + entry[field], 0);
}
