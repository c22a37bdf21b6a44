import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimeReader } from "./index.ts";

function read(text: string, offsetMinutes = 0): string | undefined {
  const bytes = Buffer.from(`<${text}>`);
  const ms = new TimeReader(offsetMinutes).read(bytes, 1, bytes.length - 1);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

describe("TimeReader", () => {
  it.each([
    ["2013-05-31 23:59:59", "2013-05-31T23:59:59.000Z"],
    ["2013-05-31T23:59:59Z", "2013-05-31T23:59:59.000Z"],
    ["2013-05-31T23:59:59.5Z", "2013-05-31T23:59:59.500Z"],
    ["2013-05-31 23:59:59.123456", "2013-05-31T23:59:59.123Z"],
    ["2013-05-31t23:59:59+08:00", "2013-05-31T15:59:59.000Z"],
    ["2013-05-31T23:59:59-0330", "2013-06-01T03:29:59.000Z"],
    ["2013-05-31 23:59:59+00", "2013-05-31T23:59:59.000Z"],
    ["2013-05-31 23:59:59 UTC", "2013-05-31T23:59:59.000Z"],
    ["2013-05-31", "2013-05-31T00:00:00.000Z"],
    ["2012-02-29", "2012-02-29T00:00:00.000Z"],
    ["2000-02-29", "2000-02-29T00:00:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(read(text)).toBe(iso);
  });

  it.each([
    "2013-02-29",
    "2100-02-29",
    "2013-04-31",
    "2013-13-01",
    "2013-00-10",
    "2013-01-00",
    "2013-1-01",
    "2013-01-01 24:00:00",
    "2013-01-01 12:60:00",
    "2013-01-01 12:00:61",
    "2013-01-01 12:00",
    "2013-01-01T",
    "2013-01-01 12:00:00.",
    "2013-01-01 12:00:00 CET",
    "2013-01-01 12:00:00+8",
    "2013-01-01 12:00:00+08:0",
    "",
    "x",
    "20130101",
    "01/02/2013",
    "2013-01-01 12:00:00Zulu",
    "2013-01-01x12:00:00",
  ])("refuses %j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("takes times that name no offset as local, if told how far they are ahead", () => {
    expect(read("2013-05-31 08:00:00", 480)).toBe("2013-05-31T00:00:00.000Z");
    expect(read("2013-05-31", 480)).toBe("2013-05-30T16:00:00.000Z");
    expect(read("2013-05-31 08:00:00Z", 480)).toBe("2013-05-31T08:00:00.000Z");
  });

  it("reads what the platform writes, one after the other", () => {
    const reader = new TimeReader();
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          const bytes = Buffer.from(date.toISOString());
          expect(reader.read(bytes, 0, bytes.length)).toBe(date.getTime());
        },
      ),
    );
  });
});
