import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernel } from "./index.ts";
import { RAW_ENTRIES, RawMemory } from "./raw-memory.ts";

const COLUMNS = 7;
const runs = Int32Array.of(0, 2, 5, 5);

/** Makes a row the kernel's current one. */
function show(cells: readonly string[]): void {
  kernel.load(Buffer.from(`${cells.join(",")}\n`));
  expect(kernel.scanRow(0, 44, COLUMNS)).toBeGreaterThan(0);
}

describe("RawMemory", () => {
  it("finds a row whose cells had the same bytes, and no other", () => {
    const cell = fc.oneof(
      fc.constantFrom("", "a", '""', '"a"', "same cell of many bytes", "same cell of many Bytes"),
      fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 13 }),
    );
    const row = fc.array(cell, { minLength: COLUMNS, maxLength: COLUMNS });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const memory = new RawMemory(0, runs);
        expect(memory.begin()).toBe(false);
        const known = new Map<string, number>();
        for (const cells of rows) {
          show(cells);
          const key = [0, 1, 2, 5].map((at) => cells[at]).join(",");
          const found = memory.find();
          expect(found).toBe(known.get(key) ?? -1);
          if (found < 0) known.set(key, memory.add());
        }
      }),
    );
  });

  it("has room for a number of rows, and none after", () => {
    const memory = new RawMemory(1, runs);
    memory.begin();
    for (let row = 0; row < RAW_ENTRIES; row++) {
      show([`${row}`, "", "", "", "", "", ""]);
      expect(memory.full).toBe(false);
      expect(memory.find()).toBe(-1);
      expect(memory.add()).toBe(row);
    }
    expect(memory.full).toBe(true);
    show(["77", "", "", "", "", "", ""]);
    expect(memory.find()).toBe(77);
    memory.clear();
    expect(memory.find()).toBe(-1);
  });

  it("knows when another memory has had its area", () => {
    const [one, other] = [new RawMemory(0, runs), new RawMemory(0, runs)];
    one.begin();
    expect(one.begin()).toBe(true);
    other.begin();
    expect(one.begin()).toBe(false);
  });
});
