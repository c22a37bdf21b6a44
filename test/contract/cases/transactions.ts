import { describe, expect, it } from "vitest";
import { describeEverything, fillEverything } from "./everything.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putThread, useCases } from "./use-cases.ts";

/** What one transaction is to another. */
export function describeTransactions(open: OpenEmptyCases): void {
  describe("a transaction", () => {
    const opened = useCases(open);

    it("gives what its work gives", async () => {
      const { store } = opened();
      expect(await store.write(async () => 42)).toBe(42);
      expect(await store.read(async () => "read")).toBe("read");
    });

    it("that fails changes nothing, of whatever it had changed", async () => {
      const { store } = opened();
      await putThread(store);
      const before = await store.read(describeEverything);
      const failing = store.write(async (session) => {
        await fillEverything(session);
        throw new RangeError("as if by a bug");
      });
      await expect(failing).rejects.toThrow("as if by a bug");
      expect(await store.read(describeEverything)).toEqual(before);
      await store.write(fillEverything);
      expect(await store.read(describeEverything)).not.toEqual(before);
    });

    it("sees what it has written itself, and nobody else does before it ends", async () => {
      const { store } = opened();
      const seen = await store.write(async (session) => {
        await session.setSetting("colour", "red");
        const beside = await store.read((other) => other.setting("colour"));
        return [await session.setting("colour"), beside];
      });
      expect(seen).toEqual(["red", undefined]);
      expect(await store.read((session) => session.setting("colour"))).toBe("red");
    });

    it("that reads sees one moment, whatever is written meanwhile", async () => {
      const { store } = opened();
      await store.write((session) => session.setSetting("colour", "red"));
      const seen = await store.read(async (session) => {
        const first = await session.setting("colour");
        await store.write((other) => other.setSetting("colour", "blue"));
        return [first, await session.setting("colour")];
      });
      expect(seen).toEqual(["red", "red"]);
      expect(await store.read((session) => session.setting("colour"))).toBe("blue");
    });

    it("that reads sees the moment of its beginning, also in what it looks at late", async () => {
      const { store } = opened();
      const seen = await store.read(async (session) => {
        await store.write((other) => other.setSetting("colour", "blue"));
        return session.setting("colour");
      });
      expect(seen).toBeUndefined();
    });

    it("that reads may change nothing", async () => {
      const { store } = opened();
      await expect(store.read((session) => session.setSetting("a", "b"))).rejects.toThrow();
      expect(await store.read((session) => session.setting("a"))).toBeUndefined();
    });

    it("waits until those that write before it have ended", async () => {
      const { store } = opened();
      await Promise.all(
        Array.from({ length: 20 }, () =>
          store.write(async (session) => {
            const before = Number((await session.setting("sum")) ?? 0);
            await new Promise(setImmediate);
            await session.setSetting("sum", String(before + 1));
          }),
        ),
      );
      expect(await store.read((session) => session.setting("sum"))).toBe("20");
    });

    it("that failed does not stop those after it", async () => {
      const { store } = opened();
      const outcomes = await Promise.allSettled([
        store.write((session) => session.setSetting("a", "1")),
        store.write(async () => {
          throw new RangeError("no");
        }),
        store.write((session) => session.setSetting("b", "2")),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      const both = await store.read(async (s) => [await s.setting("a"), await s.setting("b")]);
      expect(both).toEqual(["1", "2"]);
    });

    it("cannot be written into when it has ended", async () => {
      const { store } = opened();
      const kept = await store.write(async (session) => session);
      await Promise.allSettled([kept.setSetting("late", "yes")]);
      await store.write((session) => session.setSetting("other", "x"));
      expect(await store.read((session) => session.setting("late"))).toBeUndefined();
    });

    it("answers many who read at once", async () => {
      const { store } = opened();
      await store.write((session) => session.setSetting("colour", "red"));
      const answers = await Promise.all(
        Array.from({ length: 30 }, () =>
          store.read(async (session) => {
            await new Promise(setImmediate);
            return session.setting("colour");
          }),
        ),
      );
      expect(new Set(answers)).toEqual(new Set(["red"]));
    });
  });
}
