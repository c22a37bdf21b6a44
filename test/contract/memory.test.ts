import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  causeOf,
  type Counts,
  groupOf,
  type Measure,
  measures,
  viewOf,
} from "../../src/core/measure/index.ts";
import { packCountry } from "../../src/core/network/index.ts";
import { readFacet } from "../../src/core/observation/index.ts";
import { deliver } from "./deliver.ts";
import { type Row, rows } from "./fixture-rows.ts";
import { describeObservationStore } from "./observation-store.ts";
import { row } from "./random-life.ts";
import { openMemory } from "./stores.ts";
import { days } from "./use-store.ts";

describeObservationStore("memory", openMemory);

/** The other stores are compared with this one, and this one with core's views, by which the cube is built. */
describe("the memory store", () => {
  it("counts by the same rules as the views of core", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (list) => {
        const { store } = await openMemory(["CN"]);
        await deliver(store, "sinkhole", { rows: list });
        const { total } = await store.countSituation({
          period: days("2013-01-01", "2013-05-31"),
          home: ["CN"],
        });
        expect(total).toEqual(countsByViews(list));
      }),
    );
  });
});

function countsByViews(list: readonly Row[]): Counts {
  const columns = rows(list);
  const home = new Set([packCountry("CN")]);
  const keysOf = { victim: columns.victim, origin: columns.origin, site: columns.victimHost };
  const count = (measure: Measure): number => {
    const view = viewOf(measure, "all");
    const keys = new Set<string>();
    for (let at = 0; at < columns.rows; at++) {
      const facet = { ...readFacet(columns.facets, columns.facet[at]!), feed: 0 };
      const [lo, hi] = keysOf[view.side].subarray(2 * at, 2 * at + 2);
      if (groupOf(view, facet, causeOf(facet, home)) && (lo! | hi!) !== 0) keys.add(`${hi}:${lo}`);
    }
    return keys.size;
  };
  const counted = measures.filter(({ name }) => !name.startsWith("excluded"));
  return Object.fromEntries(counted.map(({ name }) => [name, count(name)])) as unknown as Counts;
}
