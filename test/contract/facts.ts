import { describe, expect, it } from "vitest";
import { deliver } from "./deliver.ts";
import { bare, full, fullRecord } from "./sample-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { useStore } from "./use-store.ts";

/** What is known of one address or host. */
export function describeFacts(open: OpenEmptyStore): void {
  describe("asked about an address", () => {
    const opened = useStore(open);

    it("knows nothing of one that it never saw", async () => {
      const { store } = opened();
      await deliver(store, "sites", { rows: [full] });
      expect(await store.factsOf("victim", "192.0.2.99")).toBeUndefined();
      expect(await store.factsOf("victim", "198.51.100.1")).toBeUndefined();
      expect(await store.factsOf("victim", "never.seen.example")).toBeUndefined();
      expect(await store.factsOf("victim", "")).toBeUndefined();
    });

    it("says what it knows of an origin", async () => {
      const { store } = opened();
      await deliver(store, "sites", { path: "a.csv", rows: [full, bare] });
      const located = { name: "another-map", date: "2013-02-01" };
      await deliver(store, "sinkhole", {
        rows: [
          {
            at: "2013-01-10",
            victim: "192.0.2.1",
            origin: "198.51.100.1",
            family: "zeus",
            count: 5,
          },
          { at: "2013-01-12", victim: "203.0.113.1", origin: "198.51.100.1", family: "zeus" },
          { at: "2013-01-12", victim: "192.0.2.1", origin: "198.51.100.2" },
        ],
        record: { locationTable: located },
      });
      const facts = (await store.factsOf("origin", "198.51.100.1"))!;
      expect(facts).toMatchObject({
        address: "198.51.100.1",
        side: "origin",
        observations: 4,
        times: 4_000_000_007,
        firstSeen: "2013-01-10T01:02:03.456Z",
        lastSeen: "2013-02-01T00:00:00Z",
        days: 3,
        counterparts: 3,
        counterpartCountries: [
          { country: "CN", addresses: 2 },
          { country: "JP", addresses: 1 },
        ],
        hosts: ["gate.example"],
      });
      const place = { country: "US", asn: 64500, mark: "none" };
      expect(sorted(facts.located)).toEqual(
        sorted([
          { ...place, table: located },
          { ...place, table: { name: "fixture-map", date: "2013-01-01" } },
        ]),
      );
      expect(sorted(facts.feeds)).toEqual(
        sorted([
          { feed: "sites", observations: 2, lastSeen: "2013-02-01T00:00:00Z" },
          { feed: "sinkhole", observations: 2, lastSeen: "2013-01-12T12:00:00Z" },
        ]),
      );
      expect(facts.kinds[0]).toEqual({ kind: "infected-system", family: "zeus", observations: 2 });
      expect(facts.kinds).toHaveLength(3);
      expect(facts.recent.map(({ feed, line }) => `${feed}:${line}`)).toEqual([
        "sites:3",
        "sinkhole:3",
        "sinkhole:2",
        "sites:2",
      ]);
      expect(facts.recent[3]).toMatchObject(fullRecord);
    });

    it("knows a victim by its /64, in any text form, and by its host", async () => {
      const { store } = opened();
      await deliver(store, "sites", { path: "a.csv", rows: [full, bare] });
      const byAddress = (await store.factsOf("victim", "2001:DB8:C:0:0:0:0:99"))!;
      expect(byAddress).toMatchObject({
        address: "2001:db8:c::99",
        observations: 1,
        lastSeen: "2013-01-11T00:00:00Z",
        located: [{ country: "CN", asn: 64498, mark: "none" }],
        counterpartCountries: [{ country: "US", addresses: 1 }],
        hosts: ["www.city-of-nowhere.gov.example"],
      });
      const byHost = (await store.factsOf("victim", "WWW.City-of-Nowhere.gov.example."))!;
      expect(byHost).toEqual({ ...byAddress, address: "www.city-of-nowhere.gov.example" });
    });

    it("says that an address is set aside, and shows the newest 20 observations", async () => {
      const { store } = opened();
      const days30 = Array.from({ length: 30 }, (_, i) => String(i + 1).padStart(2, "0"));
      const seen = days30.map((day) => ({ at: `2013-04-${day}`, origin: "198.51.100.225" }));
      await deliver(store, "sinkhole", { rows: seen });
      const facts = (await store.factsOf("origin", "198.51.100.225"))!;
      expect(facts.located).toMatchObject([{ country: "US", mark: "sinkhole" }]);
      expect(facts).toMatchObject({ observations: 30, days: 30, counterparts: 0 });
      expect(facts.recent).toHaveLength(20);
      expect(facts.recent[19]!.seenAt).toBe("2013-04-11T12:00:00Z");
    });
  });
}

function sorted<Item>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
