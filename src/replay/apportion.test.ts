import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion } from "./apportion.ts";

describe("apportion", () => {
  it("adds up, keeps the minimum, and is off by less than one from the exact share", () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 100,
    });
    fc.assert(
      fc.property(weights, fc.nat(100_000), fc.nat(5), (parts, extra, atLeast) => {
        const total = extra + atLeast * parts.length;
        const sum = parts.reduce((all, part) => all + part, 0);
        const apportioned = apportion(total, parts, atLeast);
        expect(apportioned.reduce((all, part) => all + part, 0)).toBe(total);
        apportioned.forEach((part, at) => {
          expect(part).toBeGreaterThanOrEqual(atLeast);
          expect(Math.abs(part - atLeast - (parts[at]! / sum) * extra)).toBeLessThan(1.000_001);
        });
      }),
    );
  });

  it("gives what is left to the largest remainders, the earlier one first", () => {
    expect(apportion(5, [1, 1, 1])).toEqual([2, 2, 1]);
    expect(apportion(10, [5, 3.6, 1.4])).toEqual([5, 4, 1]);
  });
});
