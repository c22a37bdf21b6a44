import { HOME } from "./address-space.ts";
import { AddressWalk } from "./address-walk.ts";
import { DAYS } from "./calendar.ts";
import type { Delivery } from "./delivery.ts";
import { drawFamily } from "./families.ts";
import type { Origin } from "./origins.ts";
import type { Pace } from "./pace.ts";
import type { Random, Streams } from "./random.ts";
import type { Sighting } from "./row-formats.ts";
import { scaleDown } from "./targets.ts";

/** Rows that a feed holds and that no count of foreign threats to China may notice; the sizes are assumptions. */
export interface Impurities {
  /** Origins in China. */
  domesticOrigins: number;
  /** Victims that only these reach, one row each. */
  domesticVictims: number;
  /** Victims in Korea of counted origins, one row each. */
  foreignVictims: number;
  /** Rows whose origin is the public resolver 8.8.8.8, one victim each that nobody else reaches. */
  allowlistedOriginRows: number;
  /** Rows whose victim is in 10.0.0.0/8 (RFC 1918), with counted origins. */
  privateVictimRows: number;
}

const PUBLIC_RESOLVER = 0x0808_0808;
const PRIVATE_NETWORK = 0x0a00_0000;
const FOREIGN_VICTIMS_COUNTRY = "KR";

/** The impurities at 1:`scale`. */
export function impuritiesAt(scale: number): Impurities {
  return {
    domesticOrigins: scaleDown(2_000, scale),
    domesticVictims: scaleDown(300_000, scale),
    foreignVictims: scaleDown(50_000, scale),
    allowlistedOriginRows: scaleDown(10_000, scale),
    privateVictimRows: scaleDown(10_000, scale),
  };
}

/** How many rows they are, second copies left aside. */
export function impurityEvents(sizes: Impurities): number {
  const { domesticVictims, foreignVictims, allowlistedOriginRows, privateVictimRows } = sizes;
  return domesticVictims + foreignVictims + allowlistedOriginRows + privateVictimRows;
}

/** What the impurities are made from, and where they go. */
export interface ImpurityRows {
  sizes: Impurities;
  origins: readonly Origin[];
  /** Goes on where the victims stopped, so these computers are nobody else's victims. */
  victimWalk: AddressWalk;
  delivery: Delivery;
}

/** Writes the impurities, one kind after the other. */
export async function writeImpurities(
  rows: ImpurityRows,
  streams: Streams,
  pace: Pace,
): Promise<void> {
  const { sizes, origins, victimWalk, delivery } = rows;
  const random = streams("traps");
  const anyDay = (): number => random.below(DAYS);
  const anyOrigin = (): number => origins[random.below(origins.length)]!.address;
  const deliverEach = async (events: number, draw: () => Sighting): Promise<void> => {
    for (let event = 0; event < events; event++) {
      delivery.deliver(draw());
      if (pace.step()) await pace.breathe();
    }
  };

  const domestic = walkFor(HOME, "o-CN", streams, sizes.domesticOrigins);
  await deliverEach(sizes.domesticVictims, () => ({
    day: anyDay(),
    victim: victimWalk.next(),
    origin: domestic[random.below(domestic.length)]!,
    family: drawFamily(random),
    port: 8080,
    count: 1,
  }));
  const abroad = new AddressWalk(FOREIGN_VICTIMS_COUNTRY, "fv", streams);
  await deliverEach(sizes.foreignVictims, () => ({
    day: anyDay(),
    victim: abroad.next(),
    origin: anyOrigin(),
    family: drawFamily(random),
    port: 80,
    count: 1,
  }));
  await deliverEach(sizes.allowlistedOriginRows, () => ({
    day: anyDay(),
    victim: victimWalk.next(),
    origin: PUBLIC_RESOLVER,
    family: "dns",
    port: 53,
    count: 1,
  }));
  await deliverEach(sizes.privateVictimRows, () => ({
    day: anyDay(),
    victim: PRIVATE_NETWORK + drawHost(random),
    origin: anyOrigin(),
    family: drawFamily(random),
    port: 80,
    count: 1,
  }));
}

function walkFor(country: string, purpose: string, streams: Streams, count: number): number[] {
  const walk = new AddressWalk(country, purpose, streams);
  return Array.from({ length: count }, () => walk.next());
}

/** The lower 24 bits of an address. */
function drawHost(random: Random): number {
  return random.uint32() & 0xff_ffff;
}
