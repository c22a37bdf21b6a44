/**
 * The made-up world of the sinkhole report: networks at home with their bots, and hosting networks abroad with their
 * origins. All addresses are of class E (240.0.0.0/4), so no real one is named; the world has its own location table.
 */
import { COUNTRIES } from "../shared/countries.ts";
import { cumulative, draw, random, type Random, zipf } from "../shared/random.ts";

/** What the report says of a network. */
export interface Network {
  /** First address. */
  readonly start: number;
  /** Number of addresses. */
  readonly size: number;
  readonly country: string;
  readonly asn: number;
  readonly region: string;
  readonly city: string;
  readonly naics: number;
  readonly sector: string;
}

/** An infected computer. */
export interface Bot {
  readonly address: number;
  readonly network: number;
  /** Positions of the origins that control it. */
  readonly origins: readonly number[];
  readonly named: boolean;
}

/** A controlling address. */
export interface Origin {
  readonly address: number;
  readonly network: number;
  readonly family: number;
  readonly port: number;
}

/** One call of a bot to an origin; `bot` and `origin` are positions in the world. */
export interface Call {
  second: number;
  bot: number;
  origin: number;
  port: number;
}

/** First day of the report, and how many there are. */
export const FIRST_DAY = "2026-03-01";
export const DAYS = 7;

/** The world. */
export interface World {
  readonly networks: readonly Network[];
  readonly bots: readonly Bot[];
  readonly origins: readonly Origin[];
}

/** The 13 families, the commonest first. Invented names. */
export const FAMILIES: readonly string[] = (
  "amberfly brackwater cinderbot duskrunner elmgrave fenlight gorsewire " +
  "hollowreed ironmoth juniperloop kestrelnet larkspur.b mirewalker"
).split(" ");

const HOME_START = 0xf000_0000;
const HOME_SIZE = 0x8000;
const HOME_NETWORKS = 3000;
const ABROAD_START = 0xf800_0000;
const ABROAD_SIZE = 0x1000;
const ABROAD_NETWORKS = 2200;
const ORIGINS = 2000;

const SECTORS: readonly (readonly [number, string])[] = [
  [517311, "Communications, Service Provider, and Hosting Service"],
  [517311, "Communications, Service Provider, and Hosting Service"],
  [518210, "Communications, Service Provider, and Hosting Service"],
  [611310, "Education Services"],
  [541512, "Information"],
  [0, ""],
];

/** Draws a world with about `bots` bots. The same seed gives the same world. */
export function drawWorld(seed: string, bots: number): World {
  const next = random(`${seed}/world`);
  const home = Array.from({ length: HOME_NETWORKS }, (_, i) => homeNetwork(next, i));
  const abroad = drawAbroad(next);
  const origins = drawOrigins(next, abroad);
  return {
    networks: [...home, ...abroad],
    origins,
    bots: drawBots(next, bots, home.length, abroad.length, origins.length),
  };
}

/** Start, end, country and AS number of each network that the world's location table knows. */
export function locationCsv({ networks }: World): string {
  return networks
    .filter((_, at) => !isUnlocated(at))
    .map(({ start, size, country, asn }) => `${start},${start + size - 1},${country},${asn}\n`)
    .join("");
}

/** One network in two hundred is on no map. */
function isUnlocated(network: number): boolean {
  return network % 200 === 199;
}

function homeNetwork(next: Random, at: number): Network {
  const region = next.below(31);
  const [naics, sector] = SECTORS[next.below(SECTORS.length)]!;
  return {
    start: HOME_START + at * HOME_SIZE,
    size: HOME_SIZE,
    country: "CN",
    asn: 64_512 + next.below(400),
    region: `PROVINCE ${region}`,
    city: `CITY ${region}-${next.below(14)}`,
    naics,
    sector,
  };
}

/** Networks of one country are neighbours seldom: as in the real tables. */
function drawAbroad(next: Random): Network[] {
  const byCountry = cumulative(zipf(COUNTRIES.length, 1.1));
  return Array.from({ length: ABROAD_NETWORKS }, (_, at) => {
    // Every country has one network; one network in fifty is at home, so that some origins are domestic.
    const drawn = COUNTRIES[draw(next, byCountry)]!;
    const country = COUNTRIES[at] ?? (at % 50 === 0 ? "CN" : drawn);
    const asn = 64_920 + (COUNTRIES.indexOf(country) + 1) * 8 + next.below(6);
    const start = ABROAD_START + at * ABROAD_SIZE;
    const place = { region: `${country} REGION`, city: `${country} CITY` };
    return {
      start,
      size: ABROAD_SIZE,
      country,
      asn,
      ...place,
      naics: 518210,
      sector: "Information",
    };
  });
}

function drawOrigins(next: Random, abroad: readonly Network[]): Origin[] {
  const byFamily = cumulative(zipf(FAMILIES.length, 1));
  const taken = new Set<number>();
  const origins: Origin[] = [];
  while (origins.length < ORIGINS) {
    const at = next.below(abroad.length);
    const address = abroad[at]!.start + next.below(ABROAD_SIZE);
    if (taken.has(address)) continue;
    taken.add(address);
    const port = [80, 443, 8080, 4455, 6667][next.below(5)]!;
    origins.push({ address, network: HOME_NETWORKS + at, family: draw(next, byFamily), port });
  }
  return origins;
}

/** Bots of few large and many small networks; one in a hundred is abroad. */
function drawBots(
  next: Random,
  count: number,
  home: number,
  abroad: number,
  origins: number,
): Bot[] {
  const byNetwork = cumulative(zipf(home, 0.7));
  const byOrigin = cumulative(zipf(origins, 1));
  return Array.from({ length: count }, () => {
    const foreign = next.below(100) === 0;
    const network = foreign ? home + next.below(abroad) : draw(next, byNetwork);
    const address = foreign
      ? ABROAD_START + (network - home) * ABROAD_SIZE + next.below(ABROAD_SIZE)
      : HOME_START + network * HOME_SIZE + next.below(HOME_SIZE);
    const own = 1 + (next.below(3) === 0 ? 1 : 0);
    const controllers = Array.from({ length: own }, () => draw(next, byOrigin));
    return { address, network, origins: controllers, named: next.below(20) === 0 };
  });
}
