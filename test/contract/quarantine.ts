import { describe, expect, it } from "vitest";
import { QUARANTINE_LIMIT } from "../../src/app/ports.ts";
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
        whole: true,
        apart: 0,
        nth: 0,
      };
      expect(rows).toEqual([
        { ...same, id: "1-2-1", line: 2, reason: "address-invalid", raw: bad[0].raw },
        { ...same, id: "1-4-1", line: 4, reason: "time-invalid", raw: bad[2].raw },
        { ...same, id: "1-5-1", line: 5, reason: "address-invalid", raw: bad[3].raw },
      ]);
    });

    it("tells rows of one line apart, and marks each by itself", async () => {
      const { store } = opened();
      const refusal = (raw: string) => ({ refused: "address-invalid", raw }) as const;
      await deliver(store, "sinkhole", { blocks: [[refusal("a")], [refusal("c")]], oneLine: true });
      await deliver(store, "sinkhole", { path: "b.csv", rows: [refusal("d")] });
      const rows = await store.quarantine.rows({});
      expect(rows.map(({ id, raw }) => [id, raw])).toEqual([
        ["1-2-1", "a"],
        ["1-2-2", "c"],
        ["2-2-1", "d"],
      ]);
      await store.quarantine.markTaken(["1-2-2"]);
      const waits = async (id: string) =>
        (await store.quarantine.rows({ id })).map(({ takenAt }) => takenAt === null);
      expect(await waits("1-2-1")).toEqual([true]);
      expect(await waits("1-2-2")).toEqual([false]);
      expect(await waits("1-2")).toEqual([true, false]);
      expect((await store.quarantine.summary()).map(({ rows: n }) => n)).toEqual([1, 1]);
    });

    it("keeps the bytes of a row whose text does not say all, up to a megabyte", async () => {
      const { store } = opened();
      const long = `${"x".repeat(9000)}\u0000\u65b0`;
      const huge = "y".repeat((1 << 20) + 1);
      const refused = [long, "not \ufffd text", huge, "plain"].map(
        (raw) => ({ refused: "field-invalid", raw }) as const,
      );
      await deliver(store, "sinkhole", { rows: refused });
      const rows = await store.quarantine.rows({});
      expect(rows.map(({ whole, apart }) => [whole, apart > 0])).toMatchObject([
        [true, true],
        [true, true],
        [false, expect.any(Boolean)],
        [true, false],
      ]);
      expect(rows.map(({ raw }) => raw.length)).toEqual([4096, 10, 4096, 5]);
      for (const [at, raw] of [long, "not \ufffd text"].entries())
        expect(Buffer.from(await store.quarantine.bytesOf(rows[at]!)).toString()).toBe(raw);
    });

    it("keeps so many rows of a batch, and counts the others", async () => {
      const { store } = opened();
      const row = { refused: "field-invalid", raw: "x" } as const;
      const block = Array.from({ length: 60_000 }, () => row);
      const [outcome] = await deliver(store, "sinkhole", { blocks: [block, block] });
      expect(outcome).toMatchObject({ rows: 120_000, refused: 120_000, unkept: 20_000 });
      expect(await store.quarantine.summary()).toMatchObject([{ rows: QUARANTINE_LIMIT }]);
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
