import { expect, it } from "vitest";
import { byCron, everyMinutes } from "./index.ts";

const after = new Date("2024-03-30T23:30:00Z");

it("an interval counts from the last run", () => {
  expect(everyMinutes(15).next(after)).toEqual(new Date("2024-03-30T23:45:00Z"));
});

it("a pattern is meant in its time zone, summer time included", () => {
  const daily = byCron("30 6 * * *", "Asia/Shanghai");
  expect(daily.next(after)).toEqual(new Date("2024-03-31T22:30:00Z"));
  const oslo = byCron("0 6 * * *", "Europe/Oslo");
  expect(oslo.next(new Date("2024-03-29T12:00:00Z"))).toEqual(new Date("2024-03-30T05:00:00Z"));
  expect(oslo.next(new Date("2024-03-30T12:00:00Z"))).toEqual(new Date("2024-03-31T04:00:00Z"));
});

it.each([
  ["61 * * * *", "UTC"],
  ["every day", "UTC"],
  ["0 6 * * *", "Europe/Atlantis"],
])("refuses %s in %s as a mistake of the configuration", (pattern, zone) => {
  expect(() => byCron(pattern, zone)).toThrow(expect.objectContaining({ code: "config-invalid" }));
});

it("says so when the time never comes", () => {
  const never = () => byCron("0 0 30 2 *", "UTC").next(after);
  expect(never).toThrow(/never comes/);
});
