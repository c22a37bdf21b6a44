import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesText } from "./numbers.ts";
import { durationText, progressText } from "./progress.ts";
import { formatTable, textWidth } from "./table.ts";
import { en } from "./messages/en.ts";

describe("formatTable", () => {
  it("lines up Chinese, which takes two places a character", () => {
    const lines = formatTable(
      [{ title: "国家或地区" }, { title: "N", right: true }],
      [
        ["美国", "4,062"],
        ["Germany", "900"],
      ],
    );
    expect(lines).toEqual(["国家或地区      N", "美国        4,062", "Germany       900"]);
    expect(new Set(lines.map(textWidth)).size).toBe(1);
  });

  it("gives every line with a number on the right the same width", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", "国", "，", "가", "𠀀") });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.nat().map(String)), { minLength: 1 }), (rows) => {
        const lines = formatTable([{ title: "x" }, { title: "y", right: true }], rows);
        expect(new Set(lines.map(textWidth)).size).toBe(1);
      }),
    );
  });

  it("counts marks that combine as no place", () => {
    expect(textWidth("e\u0301")).toBe(1);
  });
});

describe("progressText", () => {
  it("tells rows a second and the time left", () => {
    const line = progressText("Reading", { done: 25, total: 100, rows: 5_000 }, 10, en.progress);
    expect(line).toBe(
      `Reading  ${"█".repeat(6)}${"░".repeat(18)}  25%  5,000 rows  500 rows/s  30 s left`,
    );
  });

  it("makes no promise where the whole is unknown", () => {
    const line = progressText("Reading", { done: 25, total: 0, rows: 0 }, 10, en.progress);
    expect(line).toBe("Reading  0 rows");
  });

  it("says minutes", () => {
    expect(durationText(184.2)).toBe("3 min 05 s");
  });
});

describe("bytesText", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_400_000_000, "1.4 GB"],
  ])("says %d as %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
