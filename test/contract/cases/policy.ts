import { describe, expect, it } from "vitest";
import { at } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { useCases } from "./use-cases.ts";

/** Rules, inhibitions, settings and numbers. */
export function describePolicy(open: OpenEmptyCases): void {
  describe("policy", () => {
    const opened = useCases(open);
    const rules = {
      version: "1a2b3c4d5e6f",
      text: "rules: []\n",
      savedAt: at(1),
      triedAt: null,
      activatedAt: null,
    };
    const next = { ...rules, version: "aaaaaaaaaaaa", savedAt: at(5), triedAt: at(6) };

    it("has versions of rules, the newest first, of which one at most is active", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        await session.putRules(rules);
        await session.putRules(next);
      });
      await store.read(async (session) => {
        expect(await session.rulesVersions()).toEqual([next, rules]);
        expect(await session.activeRules()).toBeUndefined();
      });
      await store.write((s) => s.putRules({ ...rules, triedAt: at(7), activatedAt: at(8) }));
      await store.write((s) => s.putRules({ ...next, activatedAt: at(9) }));
      await store.write((s) => s.putRules({ ...next, activatedAt: at(9), triedAt: at(10) }));
      await store.read(async (session) => {
        const active = { ...next, activatedAt: at(9), triedAt: at(10) };
        expect(await session.activeRules()).toEqual(active);
        expect(await session.rulesVersions()).toEqual([active, { ...rules, triedAt: at(7) }]);
      });
    });

    it("knows which inhibitions hold at a moment", async () => {
      const { store } = opened();
      const inhibition = (id: string, since: number, until: number) => ({
        id,
        what: "198.51.100.0/24",
        reason: "a maintenance window",
        by: "li",
        since: at(since),
        until: at(until),
      });
      await store.write(async (session) => {
        await session.putInhibition(inhibition("b", 0, 50));
        await session.putInhibition(inhibition("a", 10, 20));
        await session.putInhibition(inhibition("b", 5, 40));
        await session.putInhibition(inhibition("c", 0, 99));
        await session.removeInhibition("c");
        await session.removeInhibition("nothing");
      });
      await store.read(async (session) => {
        expect(await session.inhibitions(at(4))).toEqual([]);
        expect(await session.inhibitions(at(10))).toEqual([
          inhibition("a", 10, 20),
          inhibition("b", 5, 40),
        ]);
        expect(await session.inhibitions(at(20))).toEqual([inhibition("b", 5, 40)]);
        expect(await session.inhibitions(at(40))).toEqual([]);
      });
    });

    it("keeps settings by name", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        await session.setSetting("kill-switch", "on");
        await session.setSetting("kill-switch", "");
      });
      await store.read(async (session) => {
        expect(await session.setting("kill-switch")).toBe("");
        expect(await session.setting("other")).toBeUndefined();
      });
    });

    it("numbers each series from 1 without gaps, also after work that failed", async () => {
      const { store } = opened();
      const next = (series: string) => store.write((session) => session.nextNumber(series));
      expect(await Promise.all([next("a"), next("a"), next("b")])).toEqual([1, 2, 1]);
      const failing = store.write(async (session) => {
        await session.nextNumber("a");
        throw new RangeError("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(await next("a")).toBe(3);
    });

    it("numbers without gaps for all processes", async ({ skip }) => {
      const { store, beside } = opened();
      if (!beside) return skip("is of one process");
      const stores = [store, await beside(), await beside()];
      const numbers = await Promise.all(
        Array.from({ length: 30 }, (_, at) =>
          stores[at % 3]!.write((session) => session.nextNumber("a")),
        ),
      );
      expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, at) => at + 1));
    });
  });
}
