/**
 * A botnet that needs no memory: which victims are seen on which day, and from where, is a pure function of their numbers. So
 * the store, the files and the known answers are all made from it, each on its own.
 */
import { COUNTRIES } from "../shared/countries.ts";
import { cumulative, draw, random, zipf } from "../shared/random.ts";

/** How large, and which seed. */
export interface BotnetSize {
  readonly victims: number;
  readonly seed: string;
}

/** Days of the long period: 1 January to 31 May 2013. */
export const FIRST_DAY = 15_706;
export const DAYS = 151;

const ORIGINS = 13_408;
/** On how many days of the period a victim is seen, on average. */
export const DAYS_SEEN = 16;
const SEEN_BELOW = Math.round((2 ** 32 * DAYS_SEEN) / DAYS);
const ABROAD_START = 0xf800_0000;
const ABROAD_BITS = 17;

/** The botnet. */
export interface Botnet {
  readonly victims: number;
  /** Country of each origin: a position in {@link countryCodes}. */
  readonly countries: Uint8Array;
  /** The origin that a victim calls on most days, and the one that it calls on the others. */
  readonly usual: Uint16Array;
  readonly other: Uint16Array;
}

/** ISO codes by position. */
export const countryCodes = COUNTRIES.slice(0, 71);

/** Draws the botnet. */
export function drawBotnet({ victims, seed }: BotnetSize): Botnet {
  const next = random(`${seed}/botnet`);
  const byCountry = cumulative(zipf(countryCodes.length, 1));
  const byOrigin = cumulative(zipf(ORIGINS, 0.8));
  const countries = Uint8Array.from({ length: ORIGINS }, (_, at) =>
    at < countryCodes.length ? at : draw(next, byCountry),
  );
  const usual = Uint16Array.from({ length: victims }, () => draw(next, byOrigin));
  const other = usual.map((origin) => (next.below(5) === 0 ? draw(next, byOrigin) : origin));
  return { victims, countries, usual, other };
}

/** A number that is below {@link seen}'s bound if the victim is seen on the day, and says from where and when. */
export function sighting(victim: number, day: number): number {
  let hash = Math.imul(victim ^ Math.imul(day + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Whether a sighting took place. */
export function seen(sighted: number): boolean {
  return sighted < SEEN_BELOW;
}

/** The origin that the victim called. */
export function originOf(net: Botnet, victim: number, sighted: number): number {
  return (sighted & 7) === 0 ? net.other[victim]! : net.usual[victim]!;
}

/** The second of the day. */
export function secondOf(sighted: number): number {
  return (sighted >>> 4) % 86_400;
}

/** An address in 240.0.0.0/5, another one for each victim. */
export function victimAddress(victim: number): number {
  return (0xf000_0000 | (Math.imul(victim, 0x9e3779b1) & 0x07ff_ffff)) >>> 0;
}

/** An address of the origin's country. */
export function originAddress(net: Botnet, origin: number): number {
  return ABROAD_START + (net.countries[origin]! << ABROAD_BITS) + origin;
}

/** The location table of this world. */
export function locationCsv(home: string): string {
  const size = 1 << ABROAD_BITS;
  const abroad = countryCodes.map((code, at) => {
    const start = ABROAD_START + at * size;
    return `${start},${start + size - 1},${code}\n`;
  });
  return `${0xf000_0000},${ABROAD_START - 1},${home}\n${abroad.join("")}`;
}
