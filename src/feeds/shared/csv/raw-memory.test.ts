import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowScanner } from "./index.ts";
import { RAW_ENTRIES, RAW_MARGIN, RawMemory } from "./raw-memory.ts";

const margin = "\n".repeat(RAW_MARGIN);

describe("RawMemory", () => {
  it("finds a row whose cells were the same byte for byte, and no other", () => {
    const cell = fc.oneof(
      fc.constantFrom("", "a", '""', '"a"', "same cell of many bytes", "same cell of many Bytes"),
      fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 13 }),
    );
    const row = fc.array(cell, { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const memory = new RawMemory(Int32Array.of(0, 2, 5, 5));
        const scanner = new RowScanner(7, 44);
        const known = new Map<string, number>();
        for (const cells of rows) {
          const block = Buffer.from(`${cells.join(",")}\n${margin}`);
          scanner.scan(block, 0, block.length);
          const view = new DataView(block.buffer, block.byteOffset, block.length);
          const key = [0, 1, 2, 5].map((at) => cells[at]).join(",");
          const found = memory.find(view, scanner.edges);
          expect(found).toBe(known.get(key) ?? -1);
          if (found < 0 && known.size < RAW_ENTRIES)
            known.set(key, memory.add(block, scanner.edges));
        }
      }),
    );
  });
});
