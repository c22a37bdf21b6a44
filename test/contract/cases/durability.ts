import { describe, expect, it } from "vitest";
import { describeEverything, fillEverything } from "./everything.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putThread, useCases } from "./use-cases.ts";

/** What a store that keeps anything still has when it is opened again. */
export function describeDurability(open: OpenEmptyCases): void {
  describe("opened again", () => {
    const opened = useCases(open);

    it("has everything as before, and goes on", async ({ skip }) => {
      const { store, reopen } = opened();
      if (!reopen) return skip("keeps nothing");
      await putThread(store);
      await store.write(fillEverything);
      const before = await store.read(describeEverything);
      const again = await reopen();
      expect(await again.read(describeEverything)).toEqual(before);
      expect(await again.write((session) => session.nextNumber("incident"))).toBe(2);
      expect(await again.verifyAudit()).toEqual({ lines: 1, broken: null });
    });

    it("by an older program than wrote it says so and changes nothing", async ({ skip }) => {
      const { reopen, sql } = opened();
      if (!reopen || !sql) return skip("keeps nothing");
      await sql("update cases_schema set version = 99");
      await expect(reopen()).rejects.toMatchObject({ code: "store-newer" });
      await sql("update cases_schema set version = 1");
    });
  });
}
