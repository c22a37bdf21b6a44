import { describe, expect, it } from "vitest";
import { batchRecord, deliver } from "./deliver.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { useStore } from "./use-store.ts";

const bad = [
  { refused: "address-invalid", raw: "2013-01-10,1.2.3,c2" },
  { at: "2013-01-10", victim: "192.0.2.1", origin: "198.51.100.1" },
  { refused: "time-invalid", raw: "yesterday,192.0.2.1,\u65b0" },
  { refused: "address-invalid", raw: "2013-01-10,,c2" },
] as const;

/** Rows that a feed would not take. */
export function describeQuarantine(open: OpenEmptyStore): void {
  describe("in quarantine", () => {
    const opened = useStore(open);

    it("keeps each refused row with its place, reason and bytes, oldest first", async () => {
      const { store } = opened();
      const [outcome] = await deliver(store, "sinkhole", { path: "a.csv", rows: bad });
      expect(outcome).toMatchObject({ rows: 4, kept: 1, refused: 3 });
      const rows = await store.quarantine.rows({});
      const same = {
        feed: "sinkhole",
        path: "a.csv",
        reading: batchRecord("sinkhole", "a.csv").reading,
        refusedAt: "2013-06-01T08:30:00Z",
        takenAt: null,
        id: expect.any(String),
      };
      expect(rows).toEqual([
        { ...same, line: 2, reason: "address-invalid", raw: bad[0].raw },
        { ...same, line: 4, reason: "time-invalid", raw: bad[2].raw },
        { ...same, line: 5, reason: "address-invalid", raw: bad[3].raw },
      ]);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
    });

    it("finds rows by reason, path and id, as many as are asked for", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { path: "a.csv", rows: bad }, { path: "b.csv", rows: bad });
      const lines = async (filter: Parameters<typeof store.quarantine.rows>[0]) =>
        (await store.quarantine.rows(filter)).map(({ path, line }) => `${path}:${line}`);
      expect(await lines({ reason: "time-invalid" })).toEqual(["a.csv:4", "b.csv:4"]);
      expect(await lines({ path: "b.csv", limit: 2 })).toEqual(["b.csv:2", "b.csv:4"]);
      const [, , third] = await store.quarantine.rows({});
      expect(await store.quarantine.rows({ id: third!.id })).toEqual([third]);
      expect(await lines({ id: "no such id" })).toEqual([]);
    });

    it("sums up what waits, and no longer what a later try took", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { path: "a.csv", rows: bad });
      const of = { feed: "sinkhole", path: "a.csv" };
      expect(await store.quarantine.summary()).toEqual([
        { ...of, reason: "address-invalid", rows: 2 },
        { ...of, reason: "time-invalid", rows: 1 },
      ]);
      const taken = await store.quarantine.rows({ reason: "address-invalid" });
      await store.quarantine.markTaken(taken.map(({ id }) => id));
      expect(await store.quarantine.summary()).toEqual([
        { ...of, reason: "time-invalid", rows: 1 },
      ]);
      const after = await store.quarantine.rows({});
      expect(after.map(({ takenAt }) => takenAt)).toEqual([
        "2013-06-01T08:30:00Z",
        null,
        "2013-06-01T08:30:00Z",
      ]);
    });
  });
}
