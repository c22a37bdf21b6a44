import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingFilter, ObservationStore } from "../../src/app/ports.ts";
import type { Finding } from "../../src/core/finding/index.ts";
import { deliver, replace } from "./deliver.ts";
import type { Row } from "./fixture-rows.ts";
import { row } from "./random-life.ts";
import { type OpenEmptyStore, openMemory } from "./stores.ts";
import { useStore } from "./use-store.ts";

const bot: Row = {
  at: "2013-01-30T08:00:00Z",
  victim: "192.0.2.1",
  origin: "198.51.100.1",
  originPort: 443,
  family: "zeus",
  confidence: 40,
};
const entered: Row = {
  at: "2013-02-02",
  kind: "web-backdoor",
  victim: "192.0.2.9",
  host: "a.gov.example",
  origin: "203.0.113.1",
  url: "http://a.gov.example/shell.php",
};

/** Observations folded into findings. */
export function describeFindings(open: OpenEmptyStore): void {
  describe("with findings", () => {
    const opened = useStore(open);

    it("has nothing before the first batch", async () => {
      const { store } = opened();
      expect(await store.findings.fold()).toBe(0);
      expect(await all(store)).toEqual([]);
    });

    it("folds both sides of what is seen again and again", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", {
        rows: [
          bot,
          { ...bot, at: "2013-01-31", confidence: 70, tlp: "amber" },
          { ...bot, victim: "192.0.2.2" },
        ],
      });
      await deliver(store, "partner", { rows: [{ ...bot, at: "2013-01-05", originPort: 80 }] });
      expect(await store.findings.fold()).toBe(2);
      const [origin, first, second] = await all(store);
      expect(first).toMatchObject({
        side: "victim",
        kind: "infected-system",
        family: "zeus",
        asset: "192.0.2.1",
        country: "CN",
        asn: 64496,
        firstSeen: "2013-01-05T12:00:00.000Z",
        lastSeen: "2013-01-31T12:00:00.000Z",
        observations: 3,
        tlp: "amber",
        confidence: 70,
        feeds: ["partner", "sinkhole"],
      });
      expect(second).toMatchObject({ asset: "192.0.2.2", observations: 1, feeds: ["sinkhole"] });
      expect(origin).toMatchObject({
        side: "origin",
        kind: "c2-server",
        asset: "198.51.100.1",
        port: 443,
        country: "US",
        observations: 4,
      });
    });

    it("names a web site by its host, wherever it is", async () => {
      const { store } = opened();
      await deliver(store, "sites", {
        rows: [entered, { ...entered, at: "2013-02-03", victim: "192.0.2.10" }],
      });
      await store.findings.fold();
      const [, site] = await all(store, { part: "urgent" });
      expect(site).toMatchObject({
        asset: "a.gov.example",
        address: "192.0.2.10",
        url: "http://a.gov.example/shell.php",
        observations: 2,
      });
    });

    it("leaves out victims abroad, and what is reserved or on a warning list", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", {
        rows: [
          { ...bot, victim: "198.51.100.65", origin: "198.51.100.225" },
          { ...bot, victim: "192.0.2.225", origin: "203.0.113.241" },
          { ...bot, kind: "test" },
        ],
      });
      await store.findings.fold();
      expect(await all(store)).toEqual([]);
    });

    it("tells which findings the batches after one touched", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot, { ...bot, victim: "192.0.2.2" }] });
      const before = await store.findings.fold();
      await deliver(store, "sinkhole", {
        rows: [{ ...bot, at: "2013-02-10", victim: "192.0.2.2" }],
      });
      await deliver(store, "partner", {
        rows: [{ ...bot, at: "2013-02-11", victim: "192.0.2.3" }],
      });
      await store.findings.fold();
      const touched = await all(store, { afterBatch: before });
      expect(touched.map(({ asset }) => asset)).toEqual(["198.51.100.1", "192.0.2.2", "192.0.2.3"]);
      expect(await all(store, { seenSince: "2013-02-11T00:00:00.000Z" })).toHaveLength(2);
      expect(await all(store, { asset: "192.0.2.2" })).toHaveLength(1);
      const sides = async (part: "urgent" | "rest") =>
        (await all(store, { part })).map(({ side }) => side);
      expect(await sides("urgent")).toEqual(["origin"]);
      expect(await sides("rest")).toEqual(["victim", "victim", "victim"]);
    });

    it("counts what stands on the other side", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", {
        rows: [
          bot,
          { ...bot, at: "2013-01-31" },
          { ...bot, at: "2013-02-01", victim: "192.0.2.2" },
          // Abroad: nothing that we would tell of.
          { ...bot, victim: "198.51.100.65" },
          entered,
        ],
      });
      await store.findings.fold();
      const findings = await all(store);
      const others = await store.findings.counterparts(findings, 1);
      const of = (asset: string) => others.get(findings.find((it) => it.asset === asset)!.key);
      expect(of("198.51.100.1")).toEqual({
        count: 2,
        bySector: {},
        known: [{ address: "192.0.2.2", host: "", asn: 64496, sector: "" }],
      });
      expect(of("192.0.2.1")).toMatchObject({
        count: 1,
        known: [{ address: "198.51.100.1", asn: 64500 }],
      });
      expect(of("203.0.113.1")).toMatchObject({
        count: 1,
        known: [{ address: "", host: "a.gov.example" }],
      });
    });

    it("forgets what was withdrawn", async () => {
      const { store } = opened();
      await deliver(store, "sinkhole", { rows: [bot, { ...bot, victim: "192.0.2.2" }] });
      await deliver(store, "partner", { rows: [{ ...bot, at: "2013-02-11" }] });
      const before = await store.findings.fold();
      await replace(store, "sinkhole", [1], [{ ...bot, at: "2013-01-01" }]);
      await store.findings.fold();
      expect((await all(store)).map(({ asset, observations }) => [asset, observations])).toEqual([
        ["198.51.100.1", 2],
        ["192.0.2.1", 2],
      ]);
      expect(await all(store, { afterBatch: before })).toHaveLength(2);
    });

    if (open !== openMemory)
      it("has the findings that the store in memory has", { timeout: 120_000 }, async () => {
        const parts = fc.array(fc.array(row, { minLength: 1, maxLength: 20 }), {
          minLength: 1,
          maxLength: 4,
        });
        await fc.assert(
          fc.asyncProperty(parts, async (lives) => {
            const [own, plain] = [await open(["CN"]), await openMemory(["CN"])];
            try {
              let before = 0;
              for (const part of lives) {
                for (const { store } of [own, plain]) await deliver(store, "f", { rows: part });
                const filter = { afterBatch: before };
                before = await own.store.findings.fold();
                expect(await plain.store.findings.fold()).toBe(before);
                expect(await certain(own.store, filter)).toEqual(
                  await certain(plain.store, filter),
                );
                expect(await certain(own.store)).toEqual(await certain(plain.store));
              }
            } finally {
              await own.close();
              await plain.close();
            }
          }),
          { numRuns: 4, interruptAfterTimeLimit: 100_000 },
        );
      });
  });
}

/** The findings in one order. */
async function all(store: ObservationStore, filter: FindingFilter = {}): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const page of store.findings.select(filter)) findings.push(...page);
  const order = ({ side, kind, family, asset }: Finding) => [side, kind, family, asset].join(" ");
  return findings.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** What does not hang on which of two observations of the same moment is the newest. */
async function certain(store: ObservationStore, filter: FindingFilter = {}) {
  const findings = await all(store, filter);
  const others = await store.findings.counterparts(findings, 0);
  return findings.map(({ key, asset, firstSeen, lastSeen, observations, tlp, feeds }) => {
    const counterparts = others.get(key)?.count ?? 0;
    return { key, asset, firstSeen, lastSeen, observations, tlp, feeds, counterparts };
  });
}
