import { describe, expect, it } from "vitest";
import { localMinute, utcMinute, utcSecond } from "./moment-text.ts";

describe("a moment", () => {
  it("is in UTC to the minute or the second", () => {
    expect(utcMinute("2013-05-28T08:00:17.999Z")).toBe("2013-05-28 08:00 UTC");
    expect(utcSecond("2013-05-28T08:00:17.999Z")).toBe("2013-05-28 08:00:17");
  });

  it.each([
    ["2013-05-28T08:00:00.000Z", "America/New_York", "2013-05-28 04:00"],
    ["2013-01-28T02:00:00.000Z", "America/New_York", "2013-01-27 21:00"],
    ["2013-05-28T20:00:00.000Z", "Asia/Shanghai", "2013-05-29 04:00"],
    ["2013-05-28T08:00:00.000Z", "Asia/Kathmandu", "2013-05-28 13:45"],
    // The clocks go forward between these two.
    ["2013-03-31T00:59:00.000Z", "Europe/Berlin", "2013-03-31 01:59"],
    ["2013-03-31T01:00:00.000Z", "Europe/Berlin", "2013-03-31 03:00"],
  ])("of %s is in %s %s", (instant, zone, expected) => {
    expect(localMinute(instant, zone)).toBe(expected);
  });

  it("is said once where the zone is UTC, or none that anybody knows", () => {
    for (const zone of ["UTC", "Nowhere/Land", "", null])
      expect(localMinute("2013-05-28T08:00:00.000Z", zone)).toBeUndefined();
  });
});
