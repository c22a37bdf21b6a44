import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Hours } from "../institution/index.ts";
import { between, instantOf, later, spans } from "../time/index.ts";
import { businessDaysLater, isOpen, nextOpen } from "./index.ts";
import { localTime, momentOf } from "./local-time.ts";

const zones = [
  "UTC",
  "Asia/Shanghai",
  "Europe/Oslo",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Cairo",
];

const office = (timeZone: string, given: Partial<Hours> = {}): Hours => ({
  timeZone,
  weekdays: [1, 2, 3, 4, 5],
  from: "08:00",
  until: "16:00",
  holidays: [],
  ...given,
});

const moment = fc
  .integer({ min: Date.parse("2011-01-01"), max: Date.parse("2029-12-31") })
  .map((at) => instantOf(at));
const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
const hours = fc.record({
  timeZone: fc.constantFrom(...zones),
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: clockTime,
  until: clockTime,
  holidays: fc.constantFrom([], ["2013-05-17", "2024-12-25"]),
});

describe("momentOf", () => {
  it("is the moment at which the clock shows it, where it does", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (zone, at) => {
        const shown = localTime(zone, Date.parse(at));
        const back = momentOf(zone, shown);
        expect(localTime(zone, back)).toEqual(shown);
        expect(Date.parse(at) - back).toBeGreaterThanOrEqual(0);
        expect(Date.parse(at) - back).toBeLessThanOrEqual(spans.hour + spans.minute);
      }),
    );
  });

  it("goes on where the clock leaves an hour out, and takes the first where one comes twice", () => {
    const at = (date: string, minutes: number) =>
      instantOf(momentOf("America/New_York", { date, minutes }));
    expect(at("2013-03-10", 150)).toBe("2013-03-10T07:30:00.000Z");
    expect(at("2013-11-03", 90)).toBe("2013-11-03T05:30:00.000Z");
  });
});

describe("nextOpen", () => {
  it("opens in the recipient's morning, on both sides of a change of the clocks", () => {
    const oslo = office("Europe/Oslo");
    expect(nextOpen(oslo, "2013-03-29T20:00:00.000Z")).toBe("2013-04-01T06:00:00.000Z");
    expect(nextOpen(oslo, "2013-10-25T20:00:00.000Z")).toBe("2013-10-28T07:00:00.000Z");
    expect(nextOpen(office("Asia/Shanghai"), "2013-05-31T23:30:00.000Z")).toBe(
      "2013-06-03T00:00:00.000Z",
    );
  });

  it("passes holidays over, and knows a night shift by the day on which it begins", () => {
    const oslo = office("Europe/Oslo", { holidays: ["2013-05-17"] });
    expect(nextOpen(oslo, "2013-05-17T09:00:00.000Z")).toBe("2013-05-20T06:00:00.000Z");
    const night = office("UTC", { weekdays: [5], from: "22:00", until: "06:00" });
    expect(isOpen(night, "2013-06-01T03:00:00.000Z")).toBe(true);
    expect(isOpen(night, "2013-05-31T03:00:00.000Z")).toBe(false);
  });

  it("is open, is the first such moment, and never in the past, in any zone", () => {
    fc.assert(
      fc.property(
        hours,
        moment,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (own, at, part) => {
          const open = nextOpen(own, at);
          expect(open >= at).toBe(true);
          expect(isOpen(own, open)).toBe(true);
          if (open > at)
            expect(isOpen(own, later(at, Math.floor(between(at, open) * part)))).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is the moment itself for who is always there, and for who never is", () => {
    const at = "2013-06-01T03:00:00.000Z";
    expect(nextOpen(null, at)).toBe(at);
    expect(nextOpen(office("UTC", { weekdays: [] }), at)).toBe(at);
    expect(nextOpen(office("No/Where", { from: "03:00" }), "2013-05-31T02:00:00.000Z")).toBe(
      "2013-05-31T03:00:00.000Z",
    );
  });
});

describe("businessDaysLater", () => {
  it("counts working days at the same time of the clock", () => {
    const oslo = office("Europe/Oslo", { holidays: ["2013-05-17"] });
    expect(businessDaysLater(oslo, "2013-05-16T10:00:00.000Z", 1)).toBe("2013-05-20T10:00:00.000Z");
    expect(businessDaysLater(oslo, "2013-03-28T10:00:00.000Z", 2)).toBe("2013-04-01T09:00:00.000Z");
    expect(businessDaysLater(oslo, "2013-05-31T20:00:00.000Z", 1)).toBe("2013-06-04T06:00:00.000Z");
    expect(businessDaysLater(null, "2013-05-31T20:00:00.000Z", 3)).toBe("2013-06-03T20:00:00.000Z");
  });

  it("ends while somebody is there, and more days end no earlier", () => {
    fc.assert(
      fc.property(hours, moment, fc.integer({ min: 1, max: 10 }), (own, at, count) => {
        const end = businessDaysLater(own, at, count);
        expect(isOpen(own, end)).toBe(true);
        expect(end > at).toBe(true);
        expect(businessDaysLater(own, at, count + 1) >= end).toBe(true);
      }),
    );
  });
});
