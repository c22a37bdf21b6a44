import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObservationStore } from "../../src/app/ports.ts";
import { breakdowns } from "../../src/core/measure/index.ts";
import { batchRecord, deliver, replace } from "./deliver.ts";
import { type Row, rows } from "./fixture-rows.ts";
import { row } from "./random-life.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { ask, days, useStore } from "./use-store.ts";

const bot: Row = { at: "2013-01-30", victim: "192.0.2.1", origin: "198.51.100.1", family: "zeus" };
const site: Row = { at: "2013-02-02", host: "a.gov.example", origin: "203.0.113.1" };
const entered: Row = { ...site, kind: "web-backdoor" };

/** Batches that others take the place of. */
export function describeReplacing(open: OpenEmptyStore): void {
  describe("with batches replaced", () => {
    const opened = useStore(open);

    it("is as if the old rows had never been there", async () => {
      const { store, reopen } = opened();
      const twin = await open(["CN"]);
      try {
        const wrong: Row = { ...bot, victim: "198.51.100.1", origin: "192.0.2.1" };
        await deliver(store, "sinkhole", { rows: [wrong, bot, entered] });
        await deliver(store, "sinkhole", {
          rows: [
            { ...bot, at: "2013-02-01" },
            { refused: "time-invalid", raw: "x" },
          ],
        });
        await deliver(store, "partner", { rows: [bot, entered] });
        await everything(store);
        await replace(store, "sinkhole", [1], [bot, { ...bot, at: "2013-01-28" }]);
        await deliver(twin.store, "sinkhole", {
          rows: [
            { ...bot, at: "2013-02-01" },
            { refused: "time-invalid", raw: "x" },
          ],
        });
        await deliver(twin.store, "partner", { rows: [bot, entered] });
        await deliver(twin.store, "sinkhole", {
          path: "again.csv",
          rows: [bot, { ...bot, at: "2013-01-28" }],
        });
        expect(await everything(store)).toEqual(await everything(twin.store));
        if (reopen) expect(await everything(await reopen())).toEqual(await everything(twin.store));
        const [entry] = await opened().store.journal(1);
        expect(entry).toMatchObject({ batch: 4, rows: 2, kept: 2 });
      } finally {
        await twin.close();
      }
    });

    it("takes refusals along, and knows replaced events no more", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot, { refused: "time-invalid", raw: "x" }] });
      await replace(store, "sinkhole", [1], [entered]);
      expect(await store.quarantine.rows({})).toEqual([]);
      const [outcome] = await deliver(store, "sinkhole", { rows: [bot, entered] });
      expect(outcome).toMatchObject({ batch: 3, kept: 1, duplicate: 1 });
    });

    it("is as before if the part is forgotten", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot, entered] });
      const before = await everything(store);
      const part = await store.beginPart("sinkhole", [1]);
      await part.append(rows([{ ...bot, at: "2013-01-31" }]));
      part.endBatch(batchRecord("sinkhole", "again.csv"));
      await part.rollback();
      expect(await everything(store)).toEqual(before);
      expect(await deliver(store, "sinkhole", { rows: [bot] })).toMatchObject([{ duplicate: 1 }]);
    });

    it(
      "counts like a store that never had them, whatever they were",
      { timeout: 120_000 },
      async () => {
        const file = fc.array(row, { maxLength: 15, size: "max" });
        const feed = fc.constantFrom("sinkhole", "partner");
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.record({ feed, file }), { minLength: 1, maxLength: 4 }),
            fc.nat(3),
            file,
            async (files, at, again) => {
              const [own, twin] = [await open(["CN"]), await open(["CN"])];
              const out = at % files.length;
              try {
                // Every row is another event: what another batch gave up as a repeat does not come back by itself.
                const distinct = files.map((of, n) => of.file.map((it, i) => named(it, n, i)));
                for (const [n, of] of files.entries())
                  await deliver(own.store, of.feed, { rows: distinct[n]! });
                const fresh = again.map((it, i) => named(it, 9, i));
                await ask(own.store, { by: "family" });
                await replace(own.store, files[out]!.feed, [out + 1], fresh);
                for (const [n, of] of files.entries())
                  if (n !== out) await deliver(twin.store, of.feed, { rows: distinct[n]! });
                await deliver(twin.store, files[out]!.feed, { rows: fresh });
                expect(await counts(own.store)).toEqual(await counts(twin.store));
              } finally {
                await own.close();
                await twin.close();
              }
            },
          ),
          { numRuns: 8, interruptAfterTimeLimit: 60_000 },
        );
      },
    );
  });
}

function named(of: Row, file: number, at: number): Row {
  return { ...of, eventId: `${file}-${at}` };
}

async function counts(store: ObservationStore) {
  const answers = [];
  for (const by of breakdowns) answers.push(await ask(store, { by }));
  answers.push(await ask(store, { home: ["JP"] }), await ask(store, { kind: "web-backdoor" }));
  return answers;
}

/** What people see, but for numbers of batches. */
async function everything(store: ObservationStore) {
  const { observations, batches } = await store.size();
  return {
    counts: await counts(store),
    observations,
    batches,
    span: await store.span(),
    feeds: await store.feedRecords(),
    basis: await store.basisOf(days("2013-01-01", "2013-05-31")),
    victim: await store.factsOf("victim", "192.0.2.1"),
    host: await store.factsOf("victim", "a.gov.example"),
    waiting: (await store.quarantine.rows({})).map(({ raw, reason }) => [raw, reason]),
  };
}
