import { describe, expect, test } from "vitest";
import { FAULTS, Fault, isFault } from "./fault.ts";

describe("the fault table", () => {
  test("is in alphabetical order", () => {
    const codes = Object.keys(FAULTS);
    expect(codes).toEqual(codes.toSorted());
  });

  test.each(Object.entries(FAULTS))(
    "%s has a status of an error and one line of text",
    (code, kind) => {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(kind.http).toBeGreaterThanOrEqual(400);
      expect(kind.http).toBeLessThan(600);
      expect(kind.says).toMatch(/^[A-Z"][^\n|]*\.$/);
    },
  );
});

describe("a fault", () => {
  test("carries its code, what it was about, and the cause", () => {
    const cause = new RangeError("EOF");
    const fault = new Fault("input-truncated", "day-1.csv.gz ends after 4096 bytes", { cause });
    expect(fault).toBeInstanceOf(Error);
    expect(fault).toMatchObject({ name: "Fault", code: "input-truncated", cause });
    expect(fault.message).toBe("day-1.csv.gz ends after 4096 bytes");
  });

  test("says from the table whether trying again may help", () => {
    expect(new Fault("no-space-left", "").retry).toBe("transient");
    expect(new Fault("usage", "").retry).toBe("permanent");
  });

  test("is told from other errors, and from faults with another code", () => {
    const fault = new Fault("usage", "");
    expect(isFault(fault)).toBe(true);
    expect(isFault(fault, "usage")).toBe(true);
    expect(isFault(fault, "interrupted")).toBe(false);
    expect(isFault(new TypeError("usage"))).toBe(false);
  });
});
