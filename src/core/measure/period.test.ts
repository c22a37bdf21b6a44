import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countable, dayText, monthsOf, parseDay } from "./period.ts";

describe("parseDay", () => {
  it("reads days of the calendar and no others", () => {
    expect(dayText(parseDay("2012-02-29")!)).toBe("2012-02-29");
    for (const text of ["2013-02-29", "2013-13-01", "2013-1-1", "yesterday", ""])
      expect(parseDay(text)).toBeUndefined();
  });
});

describe("monthsOf", () => {
  it("cuts a period into months without gap or overlap", () => {
    const day = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 1000 }), (from, length) => {
        const months = monthsOf({ from, until: from + length });
        expect(months.reduce((sum, month) => sum + month.until - month.from, 0)).toBe(length);
        months.forEach((month, i) => {
          expect(month.from).toBe(i === 0 ? from : months[i - 1]!.until);
          expect(dayText(month.from).slice(0, 7)).toBe(dayText(month.until - 1).slice(0, 7));
        });
      }),
    );
  });
});

describe("countable", () => {
  it("leaves a usual period as it is, and makes any other one that a store can count", () => {
    expect(countable({ from: 15_706, until: 15_857 })).toEqual({ from: 15_706, until: 15_857 });
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (from, until) => {
        const period = countable({ from, until });
        expect(period.from).toBeGreaterThanOrEqual(1);
        expect(period.until).toBeLessThanOrEqual(65_535);
        expect(period.until).toBeGreaterThanOrEqual(period.from);
      }),
    );
  });
});
