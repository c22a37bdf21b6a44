/** Task: looks up addresses in the location table that comes with the program. */
import { buildLocation, openLocator } from "#tocsin/enrich/location/index.js";
import { measure } from "../shared/measure.ts";
import { random } from "../shared/random.ts";

/** How to look up. */
export interface LocateOrder {
  readonly dir: string;
  readonly seed: string;
}

/** What was found out. */
export interface LocateOutcome {
  /** IPv4 look-ups a CPU-second. */
  readonly four: number;
  /** IPv6 look-ups a CPU-second. */
  readonly six: number;
  readonly packMs: number;
  readonly loadMs: number;
  readonly tableMb: number;
  readonly ranges: number;
}

/** First 16 bits of IPv6 addresses that registries have given out to many. */
const GIVEN_OUT = [
  0x2001, 0x2400, 0x2401, 0x2402, 0x2403, 0x2404, 0x2405, 0x2406, 0x2407, 0x2600,
].concat(
  [0x2602, 0x2603, 0x2604, 0x2605, 0x2606, 0x2607, 0x2800, 0x2801, 0x2803, 0x2804, 0x2806, 0x2a00],
  [0x2a01, 0x2a02, 0x2a03, 0x2a04, 0x2a05, 0x2a06, 0x2a07, 0x2a09, 0x2a0a, 0x2a0b, 0x2a0c, 0x2c0f],
);
const ADDRESSES = 1 << 20;
const ROUNDS = 20;

/** Packs the starter table, loads it from the cache, and looks up addresses drawn from everywhere. */
export async function run({ dir, seed }: LocateOrder): Promise<LocateOutcome> {
  const options = { countryFiles: [], asnFiles: [], allowReserved: [], cacheDir: dir };
  const packed = await measure(() => buildLocation(options));
  const loaded = await measure(() => buildLocation(options));
  const table = loaded.value;
  const locator = openLocator(table);
  const next = random(seed);
  const words = Uint32Array.from({ length: 4 * ADDRESSES }, () => next.below(2 ** 32));
  for (let i = 0; i < words.length; i += 4)
    words[i] = ((GIVEN_OUT[next.below(GIVEN_OUT.length)]! << 16) | (words[i]! & 0xffff)) >>> 0;
  const four = await perCpuSecond(() => {
    let sum = 0;
    for (let i = 0; i < ADDRESSES; i++)
      sum += locator.countries[locator.place4(words[4 * i + 1]!)]!;
    return sum;
  });
  const six = await perCpuSecond(() => {
    let sum = 0;
    for (let i = 0; i < words.length; i += 4)
      sum +=
        locator.countries[locator.place6(words[i]!, words[i + 1]!, words[i + 2]!, words[i + 3]!)]!;
    return sum;
  });
  return {
    four,
    six,
    packMs: packed.cost.wallSeconds * 1000,
    loadMs: loaded.cost.wallSeconds * 1000,
    tableMb: table.body.byteLength / 1e6,
    ranges: table.ranges4 + table.ranges6,
  };
}

async function perCpuSecond(lookUpAll: () => number): Promise<number> {
  lookUpAll();
  const { cost } = await measure(() => {
    for (let round = 0; round < ROUNDS; round++) lookUpAll();
  });
  return (ROUNDS * ADDRESSES) / cost.cpuSeconds;
}
