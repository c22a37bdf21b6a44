import type { CountryRow, Situation } from "../../core/measure/index.ts";

/** The numbers that the statement needs. */
export interface Figures {
  firstDay: string;
  lastDay: string;
  home: readonly string[];
  kind: string | null;
  victims: number;
  /** Addresses abroad with a known victim; without any victim, the addresses that feeds list. */
  threats: number;
  /** Addresses that feeds list, beside `threats`. */
  listed: number;
  /** The countries that host the most threats: one, or several with equal numbers; empty if there is none. */
  leaders: readonly Leader[];
  /** Whether the one leader also affects the most computers. */
  leadsVictims: boolean;
  websites: Situation["websites"];
}

/** A country that hosts the most threats. */
export interface Leader {
  country: string;
  threats: number;
  victims: number;
}

/** Picks the numbers out of a situation. */
export function figuresOf(situation: Situation): Figures {
  const { period, home, kind, total, byCountry, websites } = situation;
  const listingsOnly = total.victims === 0;
  const threatsOf = (row: Pick<CountryRow, "origins" | "originsWithVictims">) =>
    listingsOnly ? row.origins : row.originsWithVictims;
  const most = Math.max(0, ...byCountry.map(threatsOf));
  const leaders = byCountry
    .filter((row) => most > 0 && threatsOf(row) === most)
    .map((row) => ({ country: row.country, threats: most, victims: row.victims }));
  return {
    firstDay: period.from,
    lastDay: period.lastDay,
    home,
    kind,
    victims: total.victims,
    threats: threatsOf(total),
    listed: listingsOnly ? 0 : total.origins - total.originsWithVictims,
    leaders,
    leadsVictims:
      leaders.length === 1 && byCountry.every((row) => row.victims <= leaders[0]!.victims),
    websites,
  };
}
