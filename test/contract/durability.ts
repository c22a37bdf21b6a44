import { describe, expect, it } from "vitest";
import type { ObservationStore } from "../../src/app/ports.ts";
import { breakdowns } from "../../src/core/measure/index.ts";
import { abandon, deliver } from "./deliver.ts";
import type { Row } from "./fixture-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { ask, days, useStore } from "./use-store.ts";

const week: Row[] = [
  { at: "2013-01-10", victim: "192.0.2.1", origin: "198.51.100.1", family: "a-long-family-name" },
  { at: "2013-01-11", victim: "192.0.2.2", origin: "198.51.100.130" },
  { at: "2013-02-11", victim: "203.0.113.9", origin: "198.51.100.1" },
  { at: "2013-02-12", host: "www.city.gov.example", origin: "203.0.113.4", kind: "web-backdoor" },
  { at: "2013-02-13", origin: "2001:db8:a::1", kind: "c2-server", eventId: "some-long-event-id" },
];

const period = { first: "2013-01-08", last: "2013-02-14" };

/** What a store that keeps anything still has when it is opened again. */
export function describeDurability(open: OpenEmptyStore): void {
  describe("opened again", () => {
    const opened = useStore(open);

    it("has and answers everything as before", async ({ skip }) => {
      const { store, reopen } = opened();
      if (!reopen) return skip("keeps nothing");
      await deliver(store, "sinkhole", { rows: week.slice(0, 3) });
      await deliver(store, "partner", {
        rows: [...week.slice(3), { refused: "time-invalid", raw: "x" }],
      });
      await abandon(store, "partner", { rows: [{ ...week[0]!, at: "2013-03-03" }] });
      const before = await everything(store);
      const again = await reopen();
      expect(await everything(again)).toEqual(before);
      const [outcome] = await deliver(again, "sinkhole", { rows: week });
      expect(outcome).toMatchObject({ kept: 2, duplicate: 3 });
    });

    it("counts for another home as if it had always been the home", async ({ skip }) => {
      const { store, reopen } = opened();
      if (!reopen) return skip("keeps nothing");
      await deliver(store, "sinkhole", { rows: week });
      const before = await counts(store, ["JP"]);
      const moved = await reopen(["JP"]);
      expect(await counts(moved, ["JP"])).toEqual(before);
      await deliver(moved, "partner", { rows: week });
      expect((await ask(moved, { home: ["JP"] })).total).toMatchObject({
        victims: 1,
        observations: 4,
      });
    });
  });
}

async function counts(store: ObservationStore, home: readonly string[]) {
  const answers = [];
  for (const by of breakdowns) answers.push(await ask(store, { ...period, by, home }));
  return answers;
}

async function everything(store: ObservationStore) {
  return {
    counts: await counts(store, ["CN"]),
    size: { ...(await store.size()), bytes: 0 },
    journal: await store.journal(10),
    quarantine: await store.quarantine.rows({}),
    span: await store.span(),
    basis: await store.basisOf(days("2013-01-01", "2013-05-31")),
    facts: await store.factsOf("origin", "198.51.100.1"),
  };
}
