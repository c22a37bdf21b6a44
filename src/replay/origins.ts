import { ipv4Text } from "../core/network/index.ts";
import { AddressWalk } from "./address-walk.ts";
import { apportion } from "./apportion.ts";
import { DATES, DAYS, LAST_DAY } from "./calendar.ts";
import { COUNTRIES, SHARES, UNITED_STATES } from "./country-mix.ts";
import { drawFamily } from "./families.ts";
import { shuffle, type Random, type Streams } from "./random.ts";
import type { Side } from "./targets.ts";

/** One foreign address that controls computers in China. */
export interface Origin {
  address: number;
  /** Index into `COUNTRIES`. */
  country: number;
  family: string;
  port: number;
  /** First and last day, both inside the period and inclusive, on which victims may be seen with it. */
  firstDay: number;
  lastDay: number;
}

/** Ports of the controllers, equally likely: web, IRC, Microsoft SQL and the default of Poison Ivy. An assumption. */
const PORTS = [80, 443, 8080, 6667, 1433, 8000, 3460];

/**
 * Life of a controller, fitted on the C2-Tracker history (34,928 servers): 56 % are gone within a day, the others
 * follow a Weibull distribution with this shape and this scale in days.
 */
const GONE_WITHIN_A_DAY = 0.56;
const LIFE_SHAPE = 0.661;
const LIFE_SCALE_DAYS = 61.3;

/** Origins may have started this many days before the period, so that the first month is as busy as the others. */
const DAYS_BEFORE = 90;

/** The largest 5 % of a side live the longest of three draws: who controls many computers is seldom a short visitor. */
const LARGE = 0.05;

/** Draws all origins: those of the United States, then the others, each side from its largest to its smallest. */
export function drawOrigins(us: Side, other: Side, streams: Streams): Origin[] {
  const lives = streams("life");
  const kinds = streams("family");
  const drawSide = (countries: readonly number[]): Origin[] => {
    const walks = new Map<number, AddressWalk>();
    return countries.map((country, rank) => {
      const name = COUNTRIES[country]!;
      const walk = walks.get(country) ?? new AddressWalk(name, `o-${name}`, streams);
      walks.set(country, walk);
      return {
        address: walk.next(),
        country,
        family: drawFamily(kinds),
        port: PORTS[kinds.below(PORTS.length)]!,
        ...drawLife(lives, rank < countries.length * LARGE),
      };
    });
  };
  const inTheUs = Array.from({ length: us.origins }, () => COUNTRIES.indexOf(UNITED_STATES));
  return [...drawSide(inTheUs), ...drawSide(drawCountries(other.origins, streams("shuffle")))];
}

/** A country for each origin outside the United States: shares by the mix, order by chance. */
function drawCountries(origins: number, random: Random): number[] {
  const countries = apportion(origins, SHARES).flatMap((count, at) =>
    Array.from({ length: count }, () => at + 1),
  );
  shuffle(countries, random);
  return countries;
}

/** Starts uniformly in [-90, 150] and lives as fitted; drawn again if it is gone before the period begins. */
function drawLife(random: Random, large: boolean): Pick<Origin, "firstDay" | "lastDay"> {
  let start: number;
  let end: number;
  do {
    start = random.below(DAYS + DAYS_BEFORE) - DAYS_BEFORE;
    end = start + drawLifeDays(random);
    if (large) end = Math.max(end, start + drawLifeDays(random), start + drawLifeDays(random));
  } while (end < 0);
  return { firstDay: Math.max(0, start), lastDay: Math.min(LAST_DAY, end) };
}

/** Days from the first to the last sighting; 0 is a single day. Whole days, so no rounding error can show. */
function drawLifeDays(random: Random): number {
  if (random.fraction() < GONE_WITHIN_A_DAY) return random.below(2);
  const weibull = Math.pow(-Math.log(1 - random.fraction()), 1 / LIFE_SHAPE);
  return 1 + Math.floor(weibull * LIFE_SCALE_DAYS);
}

/** `origins.csv`: what is known of each origin, with the number of victims whose first origin it is. */
export function originsCsv(origins: readonly Origin[], primaryVictims: readonly number[]): string {
  const rows = origins.map((origin, at) =>
    [
      ipv4Text(origin.address),
      COUNTRIES[origin.country],
      origin.family,
      origin.port,
      DATES[origin.firstDay],
      DATES[origin.lastDay],
      primaryVictims[at],
    ].join(","),
  );
  return ["origin_ip,cc,family,port,first_day,last_day,primary_victims", ...rows, ""].join("\n");
}
