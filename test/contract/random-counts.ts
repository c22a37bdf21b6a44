import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObservationStore } from "../../src/app/ports.ts";
import { abandon, deliver } from "./deliver.ts";
import { type Delivered, life } from "./random-life.ts";
import { type OpenEmptyStore, openMemory } from "./stores.ts";
import { ask } from "./use-store.ts";

/** Compares a store with the one in memory. */
export function describeRandomCounts(open: OpenEmptyStore): void {
  describe("compared with the store in memory", () => {
    it("answers the same, whatever comes in whatever order", { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(life, async (chapters) => {
          const [own, plain] = [await open(["CN"]), await openMemory(["CN"])];
          try {
            for (const { part, questions } of chapters) {
              expect(await write(own.store, part)).toEqual(await write(plain.store, part));
              for (const asked of questions)
                expect(await ask(own.store, asked)).toEqual(await ask(plain.store, asked));
            }
            expect(await own.store.span()).toEqual(await plain.store.span());
          } finally {
            await own.close();
            await plain.close();
          }
        }),
        { numRuns: 8, interruptAfterTimeLimit: 100_000 },
      );
    });
  });
}

async function write(
  store: ObservationStore,
  { feed, files, forgotten }: Delivered,
): Promise<{ kept: number; duplicate: number }[]> {
  const deliveries = files.map((rows) => ({ rows }));
  if (forgotten) {
    await abandon(store, feed, ...deliveries);
    return [];
  }
  const outcomes = await deliver(store, feed, ...deliveries);
  return outcomes.map(({ kept, duplicate }) => ({ kept, duplicate }));
}
