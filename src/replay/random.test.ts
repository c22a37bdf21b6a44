import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random, seededStreams, shuffle } from "./random.ts";

describe("Random", () => {
  it("gives the same stream for the same seed, and another one for another seed or purpose", () => {
    const draw = (random: Random): number[] => Array.from({ length: 8 }, () => random.uint32());
    expect(draw(seededStreams("a")("life"))).toEqual(draw(new Random("a/life")));
    expect(draw(seededStreams("a")("life"))).not.toEqual(draw(seededStreams("b")("life")));
    expect(draw(seededStreams("a")("life"))).not.toEqual(draw(seededStreams("a")("time")));
  });

  it("stays inside its bounds, whatever the seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, bound) => {
        const random = new Random(seed);
        for (let i = 0; i < 50; i++) {
          const drawn = random.below(bound);
          expect(Number.isInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true);
        }
      }),
    );
  });

  it("reaches every value about equally often", () => {
    const random = new Random("even");
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});

describe("shuffle", () => {
  it("keeps every item", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const shuffled = [...items];
        shuffle(shuffled, new Random(seed));
        const ascending = (one: number, other: number): number => one - other;
        expect(shuffled.toSorted(ascending)).toEqual(items.toSorted(ascending));
      }),
    );
  });
});
