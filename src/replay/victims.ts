import { HOME } from "./address-space.ts";
import { AddressWalk } from "./address-walk.ts";
import { apportion } from "./apportion.ts";
import { shuffle, type Streams } from "./random.ts";
import type { Side } from "./targets.ts";

/**
 * Victims of an origin by its rank r, largest first: proportional to (r + q)^-s (Zipf-Mandelbrot). An assumption; the
 * tails of real autonomous systems and families have slopes from 0.96 to 1.63.
 */
const ZIPF_SLOPE = 1.05;
const ZIPF_OFFSET = 8;

/** A side with its victims dealt out: each victim has exactly one primary origin, each origin at least one victim. */
export interface DealtSide extends Side {
  /** Victims of each origin of the side. */
  sizes: readonly number[];
  /** Number of the primary origin of each victim of the side. */
  primary: Int32Array;
}

/**
 * Partitions the victims of a side over its origins. Because it is a partition, the distinct counts of victims and
 * origins hold by construction, whatever is drawn.
 */
export function dealVictims(side: Side, purpose: string, streams: Streams): DealtSide {
  const weights = Array.from({ length: side.origins }, (_, rank) =>
    Math.pow(rank + 1 + ZIPF_OFFSET, -ZIPF_SLOPE),
  );
  const sizes = apportion(side.victims, weights, 1);
  const primary = new Int32Array(side.victims);
  let dealt = 0;
  sizes.forEach((size, at) => {
    primary.fill(side.firstOrigin + at, dealt, dealt + size);
    dealt += size;
  });
  shuffle(primary, streams(purpose));
  return { ...side, sizes, primary };
}

/** Number of the victim's primary origin on a side, or -1 if the victim is not of that side. */
export function primaryOrigin(side: DealtSide, victim: number): number {
  const at = victim - side.firstVictim;
  return at >= 0 && at < side.victims ? side.primary[at]! : -1;
}

/** The walk that gives the victims their addresses; who goes on with it gets computers that are nobody's victim yet. */
export function walkVictims(streams: Streams): AddressWalk {
  return new AddressWalk(HOME, "victims", streams);
}
