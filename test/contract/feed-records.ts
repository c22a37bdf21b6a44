import { describe, expect, it } from "vitest";
import { type FeedGap, parseDay } from "../../src/core/measure/index.ts";
import { deliver } from "./deliver.ts";
import type { Row } from "./fixture-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { days, useStore } from "./use-store.ts";

const on = (at: string): Row => ({ at, origin: "198.51.100.1" });
const day = (text: string): number => parseDay(text)!;
const storedAt = "2013-06-01T08:30:00Z";

const gap = (text: string, state: FeedGap["state"] = "down"): FeedGap => ({
  day: day(text),
  state,
  why: "nothing-came",
});

/** What is on record of feeds, and the days that are missing of them. */
export function describeFeedRecords(open: OpenEmptyStore): void {
  describe("asked for its feeds", () => {
    const opened = useStore(open);

    it("has none while it is empty", async () => {
      expect(await opened().store.feedRecords()).toEqual([]);
    });

    it("gives observations by event day, and files by the day of storing", async () => {
      const { store } = opened();
      const table = { format: "fixture", type: "new4", mapping: "fixture.1", columns: [] };
      const reading = { ...table, skip: { bytes: 0, lines: 0 }, tlp: "green" as const };
      await deliver(
        store,
        "sinkhole",
        {
          rows: [
            on("2013-05-01"),
            on("2013-05-03"),
            on("2013-05-03"),
            { refused: "time-invalid", raw: "x" },
            { skipped: "no-report" },
          ],
        },
        { rows: [], record: { reading: { ...reading, notes: ["unmapped type new4"] } } },
      );
      await deliver(store, "sinkhole", { rows: [on("2013-05-09")], record: { sha256: "" } });
      const nothing = { batches: 0, rows: 0, kept: 0, duplicate: 0, refused: 0, skipped: 0 };
      const none = { ...nothing, firstStored: null, lastStored: null };
      const june = { batches: 2, rows: 5, kept: 2, duplicate: 1, refused: 1, skipped: 1 };
      expect(await store.feedRecords()).toEqual([
        {
          feed: "sinkhole",
          days: [
            { day: day("2013-05-01"), observations: 1, ...none },
            { day: day("2013-05-03"), observations: 1, ...none },
            { day: day("2013-05-09"), observations: 1, ...none },
            {
              day: day("2013-06-01"),
              observations: 0,
              ...june,
              firstStored: storedAt,
              lastStored: storedAt,
            },
          ],
          spans: [
            { stored: day("2013-06-01"), first: 0, last: 0 },
            { stored: day("2013-06-01"), first: day("2013-05-01"), last: day("2013-05-03") },
          ],
          unmapped: ["new4"],
          gaps: [],
        },
      ]);
    });

    it("keeps the gaps that were noted last, and says them with the counts of their period", async () => {
      const { store, reopen } = opened();
      await deliver(store, "sinkhole", { rows: [on("2013-04-30"), on("2013-05-31")] });
      await store.noteGaps("sinkhole", [gap("2013-04-29")]);
      const noted = [gap("2013-05-02"), gap("2013-05-03"), gap("2013-05-30", "late")];
      await store.noteGaps("sinkhole", noted);
      await store.noteGaps("unheard-of", [gap("2013-05-02")]);
      const again = reopen ? await reopen() : store;
      expect((await again.feedRecords()).map(({ gaps }) => gaps)).toEqual([noted]);
      expect((await again.basisOf(days("2013-05-01", "2013-05-31"))).feeds).toEqual([
        {
          name: "sinkhole",
          observations: 1,
          firstDay: "2013-05-31",
          lastDay: "2013-05-31",
          lastStored: storedAt,
          down: ["2013-05-02", "2013-05-03"],
          late: ["2013-05-30"],
        },
      ]);
    });

    it("names a feed that is missing in the whole of a period", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [on("2013-04-30"), on("2013-05-31")] });
      await store.noteGaps("sinkhole", [gap("2013-05-02")]);
      const { feeds } = await store.basisOf(days("2013-05-02", "2013-05-02"));
      expect(feeds).toMatchObject([
        { observations: 0, firstDay: null, lastDay: null, down: ["2013-05-02"], late: [] },
      ]);
    });
  });
}
