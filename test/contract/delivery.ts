import { describe, expect, it } from "vitest";
import { isFault } from "../../src/core/fault.ts";
import { parseDay } from "../../src/core/measure/index.ts";
import { abandon, batchRecord, deliver } from "./deliver.ts";
import { type Row, rows } from "./fixture-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { ask, useStore } from "./use-store.ts";

const bot: Row = { at: "2013-01-10", victim: "192.0.2.1", origin: "198.51.100.1" };
const other: Row = { at: "2013-01-12", victim: "192.0.2.2", origin: "198.51.100.2" };

/** Parts, batches, the journal, and what is delivered twice. */
export function describeDelivery(open: OpenEmptyStore): void {
  describe("on delivery", () => {
    const opened = useStore(open);

    it("counts an event once that stands twice in a file", async () => {
      const { store } = opened();
      const [outcome] = await deliver(store, "sinkhole", { rows: [bot, bot, other] });
      expect(outcome).toMatchObject({ rows: 3, kept: 2, duplicate: 1, refused: 0 });
      expect((await ask(store)).total).toMatchObject({ observations: 2, victims: 2 });
    });

    it("counts an event once that comes in two blocks, or in two files of one part", async () => {
      const { store } = opened();
      const outcomes = await deliver(
        store,
        "sinkhole",
        { blocks: [[bot], [bot, other]] },
        { rows: [other] },
      );
      expect(outcomes.map(({ kept, duplicate }) => [kept, duplicate])).toEqual([
        [2, 1],
        [0, 1],
      ]);
      expect((await store.size()).observations).toBe(2);
    });

    it("counts an event once that comes again in a later part", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot] });
      const [outcome] = await deliver(store, "sinkhole", { rows: [bot, other, bot] });
      expect(outcome).toMatchObject({ rows: 3, kept: 1, duplicate: 2 });
      expect((await ask(store)).total).toMatchObject({ observations: 2, victims: 2, origins: 2 });
    });

    it("changes nothing when a file with web sites comes again", async () => {
      const { store } = opened();
      const site: Row = {
        ...bot,
        kind: "web-backdoor",
        host: "www.city-of-nowhere.gov.example",
        url: "/images/a-rather-long-name.php",
      };
      await deliver(store, "sinkhole", { rows: [bot, site] });
      const before = await ask(store);
      await deliver(store, "sinkhole", { rows: [site, bot] }, { rows: [other] });
      const after = await ask(store);
      expect(after.sectors).toEqual(before.sectors);
      expect(after.total).toEqual({
        ...before.total,
        victims: 2,
        origins: 2,
        originsWithVictims: 2,
        observations: 2,
      });
    });

    it("keeps the same event of two feeds once for each", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot] });
      const [outcome] = await deliver(store, "partner", { rows: [bot] });
      expect(outcome).toMatchObject({ kept: 1, duplicate: 0 });
      expect((await ask(store)).total).toEqual({
        victims: 1,
        origins: 1,
        originsWithVictims: 1,
        observations: 2,
      });
    });

    it("takes rows for different events that differ in time, port, family or the feed's id", async () => {
      const { store } = opened();
      const [outcome] = await deliver(store, "sinkhole", {
        rows: [
          bot,
          { ...bot, at: "2013-01-10T12:00:00.001Z" },
          { ...bot, victimPort: 1025 },
          { ...bot, family: "conficker" },
          { ...bot, eventId: "a-feed-given-name-0001" },
        ],
      });
      expect(outcome).toMatchObject({ kept: 5, duplicate: 0 });
    });

    it("takes rows for one event that differ in count, confidence, TLP or extra only", async () => {
      const { store } = opened();
      const [outcome] = await deliver(store, "sinkhole", {
        rows: [
          bot,
          { ...bot, count: 9 },
          { ...bot, confidence: 50 },
          { ...bot, tlp: "red" },
          { ...bot, extra: '{"agent":"x"}' },
        ],
      });
      expect(outcome).toMatchObject({ kept: 1, duplicate: 4 });
    });

    it("forgets a part that is rolled back, so that its rows are new when they come again", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot] });
      const before = await ask(store, { by: "asn" });
      const unheard: Row = { ...other, family: "a-family-nobody-heard-of", tlp: "red" };
      await abandon(store, "never-seen", {
        rows: [unheard, { refused: "time-invalid", raw: "x" }],
      });
      expect(await ask(store, { by: "asn" })).toEqual(before);
      expect(await store.size()).toMatchObject({ observations: 1, batches: 1 });
      expect(await store.quarantine.rows({})).toEqual([]);
      const [outcome] = await deliver(store, "never-seen", { rows: [unheard] });
      expect(outcome).toMatchObject({ kept: 1, duplicate: 0 });
      expect((await ask(store, { by: "family" })).groups).toMatchObject({
        "a-family-nobody-heard-of": { victims: 1, origins: 1 },
      });
    });

    it("shows nothing of a part before it commits", async () => {
      const { store } = opened();
      const part = await store.beginPart("sinkhole");
      await part.append(rows([bot]));
      part.endBatch(batchRecord("sinkhole", "a.csv"));
      expect((await ask(store)).total).toEqual({});
      expect(await store.journal(10)).toEqual([]);
      await part.commit();
      expect((await ask(store)).total).toMatchObject({ victims: 1 });
    });

    it("writes one part at a time", async () => {
      const { store } = opened();
      const part = await store.beginPart("sinkhole");
      await expect(store.beginPart("partner")).rejects.toSatisfy((thrown) =>
        isFault(thrown, "usage"),
      );
      await part.rollback();
      await (await store.beginPart("partner")).rollback();
    });

    it("fills a part as rows arrive", async () => {
      const { store } = opened();
      const part = await store.beginPart("sinkhole");
      expect(part.fullness).toBe(0);
      await part.append(rows([bot, other]));
      expect(part.fullness).toBeGreaterThan(0);
      await part.rollback();
    });

    it("writes down each batch, and finds it by the size of its file", async () => {
      const { store } = opened();
      const refused = { refused: "address-invalid", raw: "1.2.3" } as const;
      const hash = { skipped: "names-no-host" } as const;
      const first = { path: "a.csv", rows: [hash, other, bot, hash, bot, refused] };
      await deliver(store, "sinkhole", { ...first, record: { last: false } });
      await deliver(
        store,
        "sinkhole",
        { path: "a.csv", rows: [], record: { part: 1, toByte: 5_000_000_000 } },
        { path: "b.csv", rows: [bot], record: { fileSize: 7 } },
      );
      await deliver(store, "partner", { path: "c.csv", rows: [bot] });
      const entries = await store.entriesOfSize("sinkhole", 1000);
      const counts = { rows: 6, kept: 2, duplicate: 1, refused: 1, skipped: 2 };
      const none = { rows: 0, kept: 0, duplicate: 0, refused: 0, skipped: 0, skips: {} };
      const nothing = { ...none, firstDay: 0, lastDay: 0 };
      const spans = { firstDay: parseDay("2013-01-10"), lastDay: parseDay("2013-01-12") };
      expect(entries).toEqual([
        {
          ...batchRecord("sinkhole", "a.csv", { last: false }),
          ...counts,
          skips: { "names-no-host": 2 },
          ...spans,
          batch: entries[0]!.batch,
          storedAt: "2013-06-01T08:30:00Z",
        },
        {
          ...batchRecord("sinkhole", "a.csv", { part: 1, toByte: 5_000_000_000 }),
          ...nothing,
          batch: entries[1]!.batch,
          storedAt: "2013-06-01T08:30:00Z",
        },
      ]);
      expect(await store.entriesOfSize("partner", 7)).toEqual([]);
      expect(await store.sizesOf("sinkhole")).toEqual(new Set([7, 1000]));
      expect(await store.sizesOf("nobody")).toEqual(new Set());
      const newestFirst = await store.journal(3);
      expect(newestFirst.map(({ path }) => path)).toEqual(["c.csv", "b.csv", "a.csv"]);
    });

    it("writes no days for a batch that brought nothing new", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot] });
      await deliver(store, "sinkhole", { rows: [bot] });
      const [entry] = await store.journal(1);
      expect(entry).toMatchObject({ kept: 0, duplicate: 1, firstDay: 0, lastDay: 0 });
    });

    it("commits a part without a batch", async () => {
      const { store } = opened();
      const part = await store.beginPart("sinkhole");
      expect(await part.commit()).toEqual([]);
      expect(await store.size()).toMatchObject({ observations: 0, batches: 0 });
    });
  });
}
