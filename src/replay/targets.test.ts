import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ARTICLE, scaleDown, sidesOf, targetsAt } from "./targets.ts";

describe("targetsAt", () => {
  it("is the article at 1:1", () => {
    expect(targetsAt(1)).toEqual(ARTICLE);
  });

  it("rounds half up and leaves the sites alone", () => {
    const sites = { sites: 249, usSites: 54 };
    expect(targetsAt(10)).toEqual({
      victims: 563_000,
      origins: 1_341,
      usOrigins: 406,
      usVictims: 291_000,
      ...sites,
    });
    expect(targetsAt(100)).toEqual({
      victims: 56_300,
      origins: 134,
      usOrigins: 41,
      usVictims: 29_100,
      ...sites,
    });
    expect(scaleDown(4, 8)).toBe(1);
    expect(scaleDown(12, 8)).toBe(2);
  });

  it("never scales to 0", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (scale) => {
        for (const count of Object.values(targetsAt(scale))) expect(count).toBeGreaterThan(0);
      }),
    );
  });
});

describe("sidesOf", () => {
  it("covers every victim, and gives a side with victims at least one origin and no more origins than victims", () => {
    const scales = fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 1e8 }));
    fc.assert(
      fc.property(scales, (scale) => {
        const targets = targetsAt(scale);
        const { us, other } = sidesOf(targets);
        expect(other.firstVictim).toBeLessThanOrEqual(us.victims);
        expect(other.firstVictim + other.victims).toBe(targets.victims);
        expect(us.origins + other.origins).toBe(targets.origins);
        for (const side of [us, other]) {
          expect(side.origins).toBeLessThanOrEqual(side.victims);
          expect(side.origins > 0).toBe(side.victims > 0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
