import { COUNTRIES } from "./country-mix.ts";

/** A country's addresses in the replay: `size` IPv4 addresses from `start`. `size` is a power of two. */
export interface AddressRange {
  start: number;
  size: number;
}

/** Where the victims and sites are. */
export const HOME = "CN";

/** 240.0.0.0/5: 134 million addresses for 5.63 million victims. */
const HOME_RANGE: AddressRange = { start: 0xf000_0000, size: 0x0800_0000 };

/** A /15 for each country abroad, one after the other from 248.0.0.0. */
const FIRST_ABROAD = 0xf800_0000;
const ABROAD_SIZE = 0x2_0000;

/**
 * The replay's own world map. All of it is class E (240.0.0.0/4, reserved by RFC 1112 section 4), so no real address
 * is accused of anything; a product must exempt it from its list of reserved addresses.
 */
export const ADDRESS_SPACE: ReadonlyMap<string, AddressRange> = new Map([
  [HOME, HOME_RANGE],
  ...COUNTRIES.map((country, at): [string, AddressRange] => [
    country,
    { start: FIRST_ABROAD + at * ABROAD_SIZE, size: ABROAD_SIZE },
  ]),
]);

/** The map as `geo.csv`: first address, last address (both as numbers), country; ascending, no header. */
export function locationTable(): string {
  return [...ADDRESS_SPACE]
    .map(([country, { start, size }]) => `${start},${start + size - 1},${country}\n`)
    .join("");
}
