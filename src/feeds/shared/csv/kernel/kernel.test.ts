import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleKernel } from "../../../../../tools/build-kernel.mjs";
import { RowScanner, shapes } from "../row-scanner.ts";
import { kernel } from "./kernel.ts";
import { wasmBytes } from "./wasm-bytes.ts";

const COMMA = 44;

describe("the kernel", () => {
  it("is what kernel.wat says", async () => {
    expect(wasmBytes).toBe(await assembleKernel());
  });

  it("gives a block back, and ends its last line", () => {
    expect(kernel.load(Buffer.from("a,b")).toString()).toBe("a,b\n");
    expect(kernel.load(Buffer.from("a,b\r")).toString()).toBe("a,b\r");
    const large = Buffer.alloc(9_000_000, "x");
    expect(kernel.load(large).equals(Buffer.concat([large, Buffer.from("\n")]))).toBe(true);
  });

  it("finds the cells that the scanner finds, or leaves the row to it", () => {
    const pieces = [
      ...'ab",, é\n\r\0',
      "\r\n",
      '""',
      "a cell of more than sixteen bytes",
      '"x"',
      '"a,b"',
      '"a cell, quoted, of many bytes"',
      '"\n"',
    ];
    const piece = fc.constantFrom(...pieces);
    const cells = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), cells, (some, count) => {
        const block = kernel.load(Buffer.from(some.join("")));
        const scanner = new RowScanner(count, COMMA);
        for (let at = 0; at < block.length; at = scanner.next) {
          const shape = scanner.scan(block, at, block.length);
          const next = kernel.scanRow(at, COMMA, count);
          if (next < 0) continue;
          expect({ next, shape }).toEqual({ next: scanner.next, shape: shapes.whole });
          expect({ lines: scanner.lines, doubled: scanner.doubled }).toEqual({
            lines: 1,
            doubled: false,
          });
          expect(kernel.edges.slice(0, count + 1)).toEqual(scanner.edges);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("takes a plain row by itself", () => {
    kernel.load(Buffer.from('"a, b",c,,"d"\r\ne'));
    expect(kernel.scanRow(0, COMMA, 4)).toBe(15);
    expect(kernel.edges.slice(0, 5)).toEqual(Int32Array.of(-1, 6, 8, 9, 13));
  });
});
