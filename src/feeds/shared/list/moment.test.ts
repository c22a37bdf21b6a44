import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DateOrder, readMoment } from "./moment.ts";

const read = (text: string, offset?: number, order?: DateOrder): string | undefined => {
  const at = readMoment(text, offset, order);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().replace(".000Z", "Z");
};

describe("readMoment", () => {
  it.each([
    ["2024-02-01", "2024-02-01T00:00:00Z"],
    ["2024-02-01 10:20", "2024-02-01T10:20:00Z"],
    ["2024-02-01 10:20:30 UTC", "2024-02-01T10:20:30Z"],
    ["2024-02-01T10:20:30.123456Z", "2024-02-01T10:20:30.123Z"],
    ["2024-02-01T10:20:30+0200", "2024-02-01T08:20:30Z"],
    ["2024/2/1 1:02:03", "2024-02-01T01:02:03Z"],
    ["20240201", "2024-02-01T00:00:00Z"],
    ["20240201102030", "2024-02-01T10:20:30Z"],
    ["1709100000", "2024-02-28T06:00:00Z"],
    ["1709100000.25", "2024-02-28T06:00:00.250Z"],
    ["1709100000123", "2024-02-28T06:00:00.123Z"],
    ["133535736000000000", "2024-02-28T06:00:00Z"],
    ["01.02.2024 10:20:30", "2024-02-01T10:20:30Z"],
    ["22-03-2024 05:06:25 UTC", "2024-03-22T05:06:25Z"],
    ["2/28/2024 1:02:03 PM", "2024-02-28T13:02:03Z"],
    ["28/2/2024", "2024-02-28T00:00:00Z"],
    ["Mon, 14 Sep 2015 04:39:22 GMT", "2015-09-14T04:39:22Z"],
    ["Sunday May 24 2020 22:45:28.4870", "2020-05-24T22:45:28.487Z"],
    ["Tue Mar 15 00:47:49 PDT 2016", "2016-03-15T07:47:49Z"],
    ["Tue Aug 30 07:11:21 2016 UTC", "2016-08-30T07:11:21Z"],
  ])("reads %s", (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  it("takes what can be meant two ways as it is told", () => {
    expect(read("03/04/2024")).toBe("2024-03-04T00:00:00Z");
    expect(read("03/04/2024", 0, "day-first")).toBe("2024-04-03T00:00:00Z");
    expect(read("03.04.2024", 0, "month-first")).toBe("2024-03-04T00:00:00Z");
  });

  it("sets what names no zone in the zone of the feed", () => {
    expect(read("2024-02-01 08:00:00", 480)).toBe("2024-02-01T00:00:00Z");
    expect(read("2024-02-01 08:00:00Z", 480)).toBe("2024-02-01T08:00:00Z");
  });

  it.each([
    "",
    "soon",
    "2024-02-30",
    "2024-13-01",
    "2024-02-01 25:00",
    "12",
    "32.01.2024",
    "99999",
  ])("finds no moment in %j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("never throws", () => {
    const char = fc.constantFrom(..."0123456789-/.: TZ+apmJanUTC");
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 30 }), (text) => {
        expect(typeof readMoment(text)).toBe("number");
      }),
    );
  });
});
