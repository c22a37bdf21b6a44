import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipv4Text } from "../core/network/index.ts";
import { ByteLine } from "./byte-line.ts";

function written(write: (line: ByteLine) => void): string {
  const line = new ByteLine();
  line.text("stale");
  line.clear();
  write(line);
  return line.bytes.toString("latin1", 0, line.length);
}

describe("ByteLine", () => {
  it("writes numbers as text does", () => {
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(written((line) => line.number(value))).toBe(String(value));
      }),
    );
  });

  it("writes base 36 with leading zeros", () => {
    fc.assert(
      fc.property(fc.nat(36 ** 6 - 1), (value) => {
        expect(written((line) => line.sixBase36(value))).toBe(value.toString(36).padStart(6, "0"));
      }),
    );
  });

  it("writes any IPv4 address", () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (address) => {
        expect(written((line) => line.ipv4(address))).toBe(ipv4Text(address));
      }),
    );
  });

  it("writes every second of a day", () => {
    fc.assert(
      fc.property(fc.nat(86_399), (second) => {
        const expected = new Date(second * 1000).toISOString().slice(11, 19);
        expect(written((line) => line.timeOfDay(second))).toBe(expected);
      }),
    );
  });
});
