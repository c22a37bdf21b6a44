import { afterEach, beforeEach } from "vitest";
import type { ObservationStore } from "../../src/app/ports.ts";
import { type Breakdown, type Cause, parseDay, type Period } from "../../src/core/measure/index.ts";
import type { Kind } from "../../src/core/taxonomy/index.ts";
import { type PlainCounts, plainCounts } from "./plain-counts.ts";
import type { OpenEmptyStore, OpenStore } from "./stores.ts";

/** Gives every test of the enclosing `describe` an empty store with home CN. */
export function useStore(open: OpenEmptyStore): () => OpenStore {
  let opened: OpenStore;
  beforeEach(async () => {
    opened = await open(["CN"]);
  });
  afterEach(() => opened.close());
  return () => opened;
}

/** A period by its first and last day. */
export function days(first: string, last: string): Period {
  return { from: parseDay(first)!, until: parseDay(last)! + 1 };
}

/** A question about January to May 2013 and home CN, where it does not say otherwise. */
export interface Asked {
  readonly first?: string;
  readonly last?: string;
  readonly home?: readonly string[];
  readonly kind?: Kind;
  readonly by?: Breakdown;
}

/** Asks a store for the situation. */
export async function ask(store: ObservationStore, asked: Asked = {}): Promise<PlainCounts> {
  const counts = await store.countSituation({
    period: days(asked.first ?? "2013-01-01", asked.last ?? "2013-05-31"),
    home: asked.home ?? ["CN"],
    ...(asked.kind && { kind: asked.kind }),
    ...(asked.by && { by: asked.by }),
  });
  return plainCounts(counts);
}

/** The causes under which a store counts anything out. */
export async function causesIn(store: ObservationStore): Promise<Cause[]> {
  return Object.keys((await ask(store)).excluded) as Cause[];
}
