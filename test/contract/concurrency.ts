import { describe, expect, it } from "vitest";
import { breakdowns } from "../../src/core/measure/index.ts";
import { batchRecord, deliver } from "./deliver.ts";
import { type Row, rows } from "./fixture-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { type Asked, ask, useStore } from "./use-store.ts";

const bot: Row = { at: "2013-01-10", victim: "192.0.2.1", origin: "198.51.100.1", family: "zeus" };
const other: Row = { at: "2013-02-12", victim: "192.0.2.2", origin: "198.51.100.130" };

const period = { first: "2013-01-08", last: "2013-02-14" };
const questions: Asked[] = breakdowns.flatMap((by) => [
  { ...period, by },
  { ...period, by, home: ["US"] },
]);

/** A store has one owner, but the owner asks and writes at the same time. */
export function describeConcurrency(open: OpenEmptyStore): void {
  describe("at the same time", () => {
    const opened = useStore(open);

    it("answers many questions", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot, other] });
      const together = await allOf(questions.map((question) => ask(store, question)));
      for (const [at, question] of questions.entries())
        expect(together[at]).toEqual(await ask(store, question));
    });

    it("answers questions about what is committed while a part is open", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot] });
      const before = [];
      for (const question of questions) before.push(await ask(store, question));
      const part = await store.beginPart("partner");
      await part.append(rows([{ ...other, family: "a-family-nobody-heard-of" }]));
      part.endBatch(batchRecord("partner", "a.csv"));
      for (const [at, question] of questions.entries())
        expect(await ask(store, question)).toEqual(before[at]);
      await part.commit();
      expect((await ask(store, { by: "family" })).groups).toMatchObject({
        zeus: { victims: 1 },
        "a-family-nobody-heard-of": { victims: 1 },
      });
    });

    it("answers a question and takes a part", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot] });
      const [asked] = await allOf([
        ask(store, { by: "asn" }),
        deliver(store, "sinkhole", { rows: [other] }),
      ]);
      expect([1, 2]).toContain(Object.keys(asked!.groups).length);
      expect((await ask(store, { by: "asn" })).total).toMatchObject({ victims: 2 });
      expect(Object.keys((await ask(store, { by: "asn" })).groups)).toEqual(["64500", "64502"]);
    });
  });
}

/** Waits for all, also when one fails, so that nothing runs on after the test. */
async function allOf<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ [At in keyof T]: Awaited<T[At]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
