import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CsvCells } from "./csv-cells.ts";
import { cidrSpan } from "./prefix.ts";
import { readLines } from "./read-lines.ts";
import { addressText } from "../../core/network/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tocsin-lines-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe("readLines", () => {
  it("gives every line once, with its number, across blocks, plain and packed", async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => "x".repeat(i % 60) + i);
    const path = join(folder, "lines");
    for (const bytes of [lines.join("\n"), gzipSync(lines.join("\r\n") + "\r\n")]) {
      await writeFile(path, bytes);
      const seen: string[] = [];
      await readLines(path, (block, from, to, line) => {
        seen.push(block.toString("utf8", from, to));
        expect(line).toBe(seen.length);
      });
      expect(seen).toEqual(lines);
    }
  });

  it("drops a byte-order mark, also of a file of one line", async () => {
    const path = join(folder, "marked");
    await writeFile(path, "\ufeffone");
    const seen: string[] = [];
    await readLines(path, (block, from, to) => seen.push(block.toString("utf8", from, to)));
    expect(seen).toEqual(["one"]);
  });
});

describe("CsvCells", () => {
  it("splits at commas that are not quoted, and trims spaces and quotes", () => {
    const bytes = Buffer.from(' a ,"b, c",,"d"');
    const cells = new CsvCells(8);
    cells.split(bytes, 0, bytes.length);
    expect([0, 1, 2, 3, 4].map((cell) => cells.text(bytes, cell))).toEqual([
      "a",
      "b, c",
      "",
      "d",
      "",
    ]);
    expect(cells.count).toBe(4);
  });

  it("splits what has no quotes and spaces as the language does, up to the cells that it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", ","), maxLength: 30 }), (text) => {
        const bytes = Buffer.from(text);
        const cells = new CsvCells(5);
        cells.split(bytes, 0, bytes.length);
        const found = Array.from({ length: cells.count }, (_, cell) => cells.text(bytes, cell));
        expect(found).toEqual(text.split(",").slice(0, 5));
      }),
    );
  });
});

describe("cidrSpan", () => {
  it.each([
    ["192.0.2.77/24", "192.0.2.0", "192.0.2.255"],
    ["192.0.2.77", "192.0.2.77", "192.0.2.77"],
    ["0.0.0.0/0", "0.0.0.0", "255.255.255.255"],
    ["2001:db8::1/33", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"],
    ["::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["::ffff:192.0.2.0/120", "192.0.2.0", "192.0.2.255"],
  ])("%s goes from %s to %s", (cidr, start, end) => {
    const span = cidrSpan(cidr)!;
    expect([addressText(span.start), addressText(span.end)]).toEqual([start, end]);
  });

  it("is nothing for what is no prefix", () => {
    for (const text of [
      "192.0.2.0/33",
      "192.0.2.0/",
      "192.0.2.0/-1",
      "192.0.2.0/2x",
      "::ffff:192.0.2.0/95",
      "x/8",
      "",
    ])
      expect(cidrSpan(text), text).toBeUndefined();
  });
});
