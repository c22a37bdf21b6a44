import { describe, expect, it } from "vitest";
import { hoursFrom } from "./index.ts";

describe("hoursFrom", () => {
  it.each([
    [
      "08:00 to 18:00 Monday to Friday (excluding public holidays)",
      "08:00",
      "18:00",
      [1, 2, 3, 4, 5],
    ],
    ["8.30 - 16.00 Mon-Fri", "08:30", "16:00", [1, 2, 3, 4, 5]],
    ["Sunday to Thursday 07:30 until 15:30", "07:30", "15:30", [1, 2, 3, 4, 7]],
    ["09:00 - 18:00", "09:00", "18:00", [1, 2, 3, 4, 5]],
    ["09h00-17h00, Monday through Saturday", "09:00", "17:00", [1, 2, 3, 4, 5, 6]],
  ])("reads %s", (text, from, until, weekdays) => {
    expect(hoursFrom(text, "Europe/Oslo")).toEqual({
      timeZone: "Europe/Oslo",
      weekdays,
      from,
      until,
      holidays: [],
    });
  });

  it.each(["24/7", "24 hours, 7 days", "", "office hours", "25:00 to 26:00", "00:00-24:00"])(
    "takes %j for round the clock",
    (text) => expect(hoursFrom(text, "UTC")).toBeNull(),
  );

  it("guesses no time zone", () => {
    expect(hoursFrom("08:00 to 18:00", "Mars/Olympus")).toBeNull();
  });
});
