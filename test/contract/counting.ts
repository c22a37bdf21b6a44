import { describe, expect, it } from "vitest";
import { breakdowns } from "../../src/core/measure/index.ts";
import { deliver } from "./deliver.ts";
import type { Row } from "./fixture-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { ask, causesIn, useStore } from "./use-store.ts";

const bot = (at: string, victim: string, origin: string, more?: Partial<Row>): Row => ({
  at,
  victim,
  origin,
  ...more,
});

const spring: Row[] = [
  bot("2013-01-31T23:59:59.999Z", "192.0.2.1", "198.51.100.1", { family: "zeus" }),
  bot("2013-02-01T00:00:00Z", "192.0.2.1", "198.51.100.1", { family: "zeus" }),
  bot("2013-02-14", "192.0.2.2", "198.51.100.130", { family: "a-long-family-name" }),
  bot("2013-03-03", "192.0.2.1", "198.51.100.130", { family: "a-long-family-name" }),
  bot("2013-05-31", "2001:db8:c::5", "198.51.100.65"),
];

/**
 * The counting rules, in short: test/counting/*.txt has them at length, in words that an analyst reads, and runs on the same
 * stores.
 */
export function describeCounting(open: OpenEmptyStore): void {
  describe("counting", () => {
    const opened = useStore(open);

    it("finds nothing in an empty store", async () => {
      const { store } = opened();
      for (const by of [undefined, ...breakdowns]) {
        const counts = await ask(store, by && { by });
        expect(counts).toEqual({ total: {}, countries: {}, sectors: {}, excluded: {}, groups: {} });
      }
    });

    it("counts a victim of two countries for both, and once in total", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: spring });
      const { total, countries } = await ask(store);
      expect(total).toEqual({ victims: 3, origins: 3, originsWithVictims: 3, observations: 5 });
      expect(countries).toEqual({
        US: { victims: 2, origins: 2, originsWithVictims: 2 },
        PT: { victims: 2, origins: 1, originsWithVictims: 1 },
      });
    });

    it("counts by months, of which each has all its own", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: spring });
      const one = { victims: 1, origins: 1, originsWithVictims: 1 };
      expect((await ask(store, { by: "month" })).groups).toEqual({
        "2013-01": one,
        "2013-02": { victims: 2, origins: 2, originsWithVictims: 2 },
        "2013-03": one,
        "2013-05": one,
      });
    });

    it("counts whole days, to the last millisecond", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: spring });
      const on = async (day: string) =>
        (await ask(store, { first: day, last: day })).total["observations"];
      expect(await on("2013-01-30")).toBeUndefined();
      expect(await on("2013-01-31")).toBe(1);
      expect(await on("2013-02-01")).toBe(1);
      expect(await on("2013-05-31")).toBe(1);
    });

    it("gives the same counts in whatever order and parts the rows come", async () => {
      const { store } = opened();
      for (const row of spring.toReversed()) await deliver(store, "sinkhole", { rows: [row] });
      const late = bot("2013-02-02", "192.0.2.1", "198.51.100.130");
      await deliver(store, "sinkhole", { rows: [late] });
      const february = { first: "2013-02-01", last: "2013-02-28" };
      expect((await ask(store, february)).countries).toEqual({
        US: { victims: 1, origins: 1, originsWithVictims: 1 },
        PT: { victims: 2, origins: 1, originsWithVictims: 1 },
      });
      expect((await ask(store)).total).toMatchObject({ victims: 3, observations: 6 });
    });

    it("brings breakdowns up to date when rows come between two questions", async () => {
      const { store } = opened();
      for (const [at, row] of spring.entries()) {
        await deliver(store, "sinkhole", { rows: [row] });
        const { groups } = await ask(store, { by: "family" });
        expect(groups["zeus"]).toMatchObject({ victims: 1 });
        expect(groups["a-long-family-name"]?.["victims"]).toBe(at < 2 ? undefined : at < 3 ? 1 : 2);
      }
      expect((await ask(store, { by: "asn" })).groups).toMatchObject({
        64500: { victims: 1 },
        64501: { victims: 1 },
        64502: { victims: 2 },
      });
    });

    it("counts IPv6 by /64 and IPv4 by address, which never meet", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", {
        rows: [
          bot("2013-01-01", "2001:db8:c::1", "2001:db8:a:0:1::1"),
          bot("2013-01-01", "2001:db8:c:0:ffff::1", "2001:db8:a:0:2::1"),
          bot("2013-01-01", "2001:db8:c:1::1", "2001:db8:a:1::1"),
          bot("2013-01-01", "192.0.2.1", "198.51.100.1"),
        ],
      });
      expect((await ask(store)).total).toMatchObject({ victims: 3, origins: 3, observations: 4 });
    });

    it("counts a listing as an origin without victims", async () => {
      const { store } = opened();
      const listed: Row = { at: "2013-01-01", origin: "198.51.100.1", kind: "c2-server" };
      await deliver(store, "listing", { rows: [listed] });
      expect((await ask(store)).total).toEqual({ origins: 1, observations: 1 });
      await deliver(store, "sinkhole", { rows: spring });
      expect((await ask(store)).total).toMatchObject({ origins: 3, originsWithVictims: 3 });
    });

    it("counts web sites by host, apart from computers", async () => {
      const { store } = opened();
      const entered = (host: string, origin: string): Row => ({
        at: "2013-01-01",
        kind: "web-backdoor",
        host,
        origin,
      });
      await deliver(store, "sites", {
        rows: [
          { ...entered("www.city.gov.example", "198.51.100.1"), victim: "192.0.2.1" },
          { ...entered("www.city.gov.example", "203.0.113.1"), victim: "192.0.2.2" },
          entered("lab.edu.example", "198.51.100.2"),
          entered("shop.example", "198.51.100.2"),
          entered("shop.jp.example", "198.51.100.3"),
        ],
      });
      const { total, sectors, excluded } = await ask(store);
      expect(total).toEqual({ websites: 3, websiteOrigins: 3 });
      expect(sectors).toEqual({ government: 1, academic: 1, "": 1 });
      expect(excluded).toEqual({ foreignVictim: { observations: 1, origins: 1 } });
    });

    it("counts a kind outside the headline when it is asked for, and only it", async () => {
      const { store } = opened();
      const scan = bot("2013-01-01", "192.0.2.9", "198.51.100.9", { kind: "scanner" });
      await deliver(store, "honeypot", { rows: [scan, ...spring] });
      expect((await ask(store)).excluded).toEqual({
        otherKind: { observations: 1, victims: 1, origins: 1 },
      });
      const { total, excluded } = await ask(store, { kind: "scanner" });
      expect(total).toEqual({ victims: 1, origins: 1, originsWithVictims: 1, observations: 1 });
      expect(excluded).toEqual({});
    });

    it("counts for any home that is asked for", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", {
        rows: [...spring, bot("2013-01-05", "198.51.100.1", "192.0.2.1")],
      });
      const { total, countries } = await ask(store, { home: ["US", "PT"] });
      expect(total).toMatchObject({ victims: 1, origins: 1 });
      expect(Object.keys(countries)).toEqual(["CN"]);
      expect((await ask(store, { home: ["CN", "US", "PT"] })).total).toEqual({});
    });

    it("keeps every cause of exclusion apart", async () => {
      const { store } = opened();
      const victim = "192.0.2.1";
      const origin = "198.51.100.1";
      await deliver(store, "sinkhole", {
        rows: [
          bot("2013-01-01", "192.0.2.225", origin),
          bot("2013-01-01", victim, "203.0.113.241"),
          bot("2013-01-01", "192.0.2.193", origin),
          bot("2013-01-01", victim, "198.51.100.225"),
          { at: "2013-01-01", victim },
          bot("2013-01-01", "192.0.2.250", origin),
          bot("2013-01-01", victim, "203.0.113.200"),
          bot("2013-01-01", "203.0.113.1", origin),
          bot("2013-01-01", victim, "192.0.2.2"),
          bot("2013-01-01", victim, origin, { kind: "brute-force" }),
        ],
      });
      expect((await causesIn(store)).sort()).toEqual(
        [
          "reservedVictim",
          "reservedOrigin",
          "warningListVictim",
          "warningListOrigin",
          "originNotNamed",
          "unlocatedVictim",
          "unlocatedOrigin",
          "foreignVictim",
          "domesticOrigin",
          "otherKind",
        ].sort(),
      );
      expect((await ask(store)).total).toEqual({});
    });

    it("has every breakdown", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: spring });
      await deliver(store, "sites", {
        rows: [
          { at: "2013-04-01", kind: "web-backdoor", host: "a.gov.example", origin: "203.0.113.1" },
        ],
      });
      const keys: Record<string, string[]> = {};
      for (const by of breakdowns) keys[by] = Object.keys((await ask(store, { by })).groups).sort();
      expect(keys).toEqual({
        country: ["JP", "PT", "US"],
        asn: ["64500", "64501", "64502", "64504"],
        month: ["2013-01", "2013-02", "2013-03", "2013-04", "2013-05"],
        day: ["2013-01-31", "2013-02-01", "2013-02-14", "2013-03-03", "2013-04-01", "2013-05-31"],
        sector: ["", "government"],
        family: ["", "a-long-family-name", "zeus"],
        feed: ["sinkhole", "sites"],
        kind: ["infected-system", "web-backdoor"],
      });
    });
  });
}
