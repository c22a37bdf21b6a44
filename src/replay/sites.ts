import { HOME } from "./address-space.ts";
import { AddressWalk } from "./address-walk.ts";
import { DAYS, LAST_DAY } from "./calendar.ts";
import { COUNTRY_SHARES, SHARES, UNITED_STATES } from "./country-mix.ts";
import { shuffle, type Random, type Streams } from "./random.ts";
import type { Targets } from "./targets.ts";

/** Whose web site it is. */
export type Sector = "government" | "information-system" | "academic";

/**
 * Sites of each sector. The split is an assumption; the article names the three and says only that government sites
 * were apparently targeted more.
 */
export const SITES_BY_SECTOR: Readonly<Record<Sector, number>> = {
  government: 147,
  "information-system": 39,
  academic: 63,
};

/** One web site that was entered through a back door. */
export interface Site {
  /** 1 to 249. */
  id: number;
  /** Unmistakably made up, such as `www.demo-agency-007.gov.cn`. */
  host: string;
  sector: Sector;
  address: number;
  /** Of the back door. */
  path: string;
  firstDay: number;
  /** Inclusive. The site is cleaned on this day, unless it is the last day of the period. */
  lastDay: number;
}

/** One entry through the back door of a site. */
export interface Access {
  site: Site;
  origin: number;
  country: string;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const PATHS = [
  "/images/up.php",
  "/admin/help.asp",
  "/uploadfile/1.aspx",
  "/js/common.jsp",
  "/data/cache/x.php",
];

/** Assumptions: days until a back door is found (mean of an exponential), and no site is first seen in the last week. */
const MEAN_DAYS_OPEN = 22;
const QUIET_DAYS_AT_THE_END = 7;

/** Assumptions: a site has one more country of entry with 25 %, a known address comes with 60 %, on one day of 5. */
const ANOTHER_COUNTRY = 0.25;
const KNOWN_ADDRESS = 0.6;
const COMES_ON_ONE_DAY_OF = 5;

/**
 * Draws the sites and every entry. Exactly `usSites` of them are entered from the United States; a site outside these
 * never sees an address there, others may see several countries.
 */
export function drawSites(
  targets: Targets,
  streams: Streams,
): { sites: Site[]; accesses: Access[] } {
  const random = streams("sites");
  const sectors = drawSectors(random);
  const fromUs = drawDistinct(targets.usSites, targets.sites, random);
  const addresses = new AddressWalk(HOME, "sites", streams);
  const intruders = new Intruders(random, streams);
  const sites: Site[] = [];
  const accesses: Access[] = [];
  sectors.forEach((sector, at) => {
    const site = drawSite(at + 1, sector, addresses, random);
    const countries = [fromUs.has(at) ? UNITED_STATES : drawOtherCountry(random)];
    while (random.fraction() < ANOTHER_COUNTRY) countries.push(drawOtherCountry(random));
    sites.push(site);
    for (const country of countries) {
      accesses.push(...drawAccesses(site, country, intruders.draw(country), random));
    }
  });
  return { sites, accesses };
}

function drawSectors(random: Random): Sector[] {
  const sectors = (Object.keys(SITES_BY_SECTOR) as Sector[]).flatMap((sector) =>
    Array.from({ length: SITES_BY_SECTOR[sector] }, () => sector),
  );
  shuffle(sectors, random);
  return sectors;
}

function drawDistinct(count: number, below: number, random: Random): Set<number> {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(random.below(below));
  return drawn;
}

function drawSite(id: number, sector: Sector, addresses: AddressWalk, random: Random): Site {
  const host = drawHost(id, sector, random);
  const path = PATHS[random.below(PATHS.length)]!;
  const firstDay = random.below(DAYS - QUIET_DAYS_AT_THE_END);
  const daysOpen = 1 + Math.floor(-Math.log(1 - random.fraction()) * MEAN_DAYS_OPEN);
  const lastDay = Math.min(LAST_DAY, firstDay + daysOpen);
  return { id, host, sector, address: addresses.next(), path, firstDay, lastDay };
}

function drawHost(id: number, sector: Sector, random: Random): string {
  const number = String(id).padStart(3, "0");
  switch (sector) {
    case "government":
      return `www.demo-agency-${number}.gov.cn`;
    case "information-system":
      return `portal.demo-system-${number}.org.cn`;
    case "academic":
      return `www.demo-school-${number}.${random.below(3) > 0 ? "edu" : "ac"}.cn`;
  }
}

/** A country other than the United States, by the mix of countries. */
function drawOtherCountry(random: Random): string {
  let left = random.fraction() * SHARES.reduce((sum, share) => sum + share, 0);
  for (const [country, share] of COUNTRY_SHARES) {
    left -= share;
    if (left < 0) return country;
  }
  return COUNTRY_SHARES[0]![0];
}

/** The addresses that entered so far: who has entered one site often enters another. */
class Intruders {
  private readonly random: Random;
  private readonly streams: Streams;
  private readonly walks = new Map<string, AddressWalk>();
  private readonly known = new Map<string, number[]>();

  constructor(random: Random, streams: Streams) {
    this.random = random;
    this.streams = streams;
  }

  draw(country: string): number {
    const known = this.known.get(country) ?? [];
    if (known.length > 0 && this.random.fraction() < KNOWN_ADDRESS) {
      return known[this.random.below(known.length)]!;
    }
    const walk = this.walks.get(country) ?? new AddressWalk(country, `w-${country}`, this.streams);
    this.walks.set(country, walk);
    const address = walk.next();
    this.known.set(country, [...known, address]);
    return address;
  }
}

/** One address at one site: it enters on the first day, and on some of the days until the site is cleaned. */
function drawAccesses(site: Site, country: string, origin: number, random: Random): Access[] {
  const accesses: Access[] = [];
  for (let day = site.firstDay; day <= site.lastDay; day++) {
    if (day > site.firstDay && random.below(COMES_ON_ONE_DAY_OF) > 0) continue;
    const hour = random.below(24);
    const minute = random.below(60);
    accesses.push({ site, origin, country, day, hour, minute, second: random.below(60) });
  }
  return accesses;
}
