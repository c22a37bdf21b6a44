import type { AddressWalk } from "./address-walk.ts";
import type { Delivery } from "./delivery.ts";
import type { Origin } from "./origins.ts";
import type { Pace } from "./pace.ts";
import type { Random, Streams } from "./random.ts";
import type { Tally } from "./tally.ts";
import type { Targets } from "./targets.ts";
import { primaryOrigin, type DealtSide } from "./victims.ts";

/** Of 10,000 victims, this many have a second origin of the same side; the distinct counts do not notice. Assumption. */
const SECOND_ORIGIN_PER_10000 = 800;

/** A pair once seen is still there on the next day with 55 %, and such a day is reported with 75 %. Assumptions. */
const ENDS_PERCENT = 45;
const DAYS_REPORTED_OF = 4;

/** What the rows of the victims are made from, and where they go. */
export interface DailyRows {
  targets: Targets;
  origins: readonly Origin[];
  us: DealtSide;
  other: DealtSide;
  victimWalk: AddressWalk;
  delivery: Delivery;
  tally: Tally;
}

/**
 * Writes the sightings of every victim with its one, two or three origins, and returns the number of such pairs.
 * A pair starts uniformly inside the life of its origin and has at least one row.
 */
export async function writeDailyRows(
  rows: DailyRows,
  streams: Streams,
  pace: Pace,
): Promise<number> {
  const { us, other } = rows;
  const random = streams("edges");
  let pairs = 0;
  for (let victim = 0; victim < rows.targets.victims; victim++) {
    const address = rows.victimWalk.next();
    const write = (origin: number): void => {
      pairs++;
      writePair(rows, random, { victim, address, origin });
    };
    const usOrigin = primaryOrigin(us, victim);
    const otherOrigin = primaryOrigin(other, victim);
    if (usOrigin >= 0) write(usOrigin);
    if (otherOrigin >= 0) write(otherOrigin);
    if (random.below(10_000) < SECOND_ORIGIN_PER_10000) {
      const side = usOrigin >= 0 ? us : other;
      const second = side.primary[random.below(side.victims)]!;
      if (second !== primaryOrigin(side, victim)) write(second);
    }
    if (pace.step()) await pace.breathe();
  }
  return pairs;
}

interface Pair {
  victim: number;
  address: number;
  origin: number;
}

function writePair({ origins, delivery, tally }: DailyRows, random: Random, pair: Pair): void {
  const { firstDay, lastDay, address, port, family } = origins[pair.origin]!;
  tally.addPair(pair.victim, pair.origin);
  const firstSeen = firstDay + random.below(lastDay - firstDay + 1);
  for (let day = firstSeen; day <= lastDay; day++) {
    if (day === firstSeen || random.below(DAYS_REPORTED_OF) > 0) {
      const count = drawCount(random);
      delivery.deliver({ day, victim: pair.address, origin: address, port, family, count });
      tally.addDay(day, pair.victim, pair.origin);
    }
    if (random.below(100) < ENDS_PERCENT) break;
  }
}

/** Connections of a day: half of the rows stand for one, the others for 1 to 20. */
function drawCount(random: Random): number {
  return random.below(2) === 1 ? 1 : 1 + random.below(20);
}
