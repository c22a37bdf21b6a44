import { describe, expect, it } from "vitest";
import { parseDay } from "../../src/core/measure/index.ts";
import { deliver } from "./deliver.ts";
import type { Row } from "./fixture-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { days, useStore } from "./use-store.ts";

/** What counts rest on, and how much there is. */
export function describeBasis(open: OpenEmptyStore): void {
  describe("asked what its counts rest on", () => {
    const opened = useStore(open);
    const may = days("2013-05-01", "2013-05-31");

    it("has nothing to say while it is empty", async () => {
      const { store } = opened();
      expect(await store.span()).toBeUndefined();
      expect(await store.basisOf(may)).toEqual({
        locationTable: { name: "", date: "", others: 0 },
        feeds: [],
        asOf: null,
      });
    });

    it("names feeds with their days in the period, and the newest location table", async () => {
      const { store } = opened();
      const on = (at: string): Row => ({ at, origin: "198.51.100.1" });
      await deliver(store, "sinkhole", {
        rows: [on("2013-04-30"), on("2013-05-01"), on("2013-05-09")],
      });
      await deliver(store, "listing", { rows: [on("2013-02-02")] });
      const table = { name: "another-map", date: "2013-05-01" };
      await deliver(store, "again", { rows: [on("2013-05-31")], record: { locationTable: table } });
      const stored = "2013-06-01T08:30:00Z";
      expect(await store.basisOf(may)).toEqual({
        locationTable: { ...table, others: 1 },
        feeds: [
          {
            name: "again",
            observations: 1,
            firstDay: "2013-05-31",
            lastDay: "2013-05-31",
            lastStored: stored,
            down: [],
            late: [],
          },
          {
            name: "sinkhole",
            observations: 2,
            firstDay: "2013-05-01",
            lastDay: "2013-05-09",
            lastStored: stored,
            down: [],
            late: [],
          },
        ],
        asOf: stored,
      });
      expect(await store.span()).toEqual({
        from: parseDay("2013-02-02"),
        until: parseDay("2013-06-01"),
      });
      expect(await store.size()).toMatchObject({ observations: 5, batches: 3 });
    });
  });
}
