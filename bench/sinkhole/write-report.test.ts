import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COLUMNS } from "./row-writer.ts";
import { run } from "./write-report.ts";

let dir: string;
const ROWS = 20_000;

async function write(name: string, seed = "tocsin"): Promise<string> {
  const path = join(dir, `${name}.csv`);
  const bytes = await run({ path, locationPath: join(dir, `${name}-geo.csv`), rows: ROWS, seed });
  const text = readFileSync(path, "utf8");
  expect(text.length).toBe(bytes);
  return text;
}

describe("the sinkhole report", () => {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "tocsin-report-"));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it("has the columns of the report and about 270 bytes in every row", async () => {
    const lines = (await write("shape")).trimEnd().split("\n");
    expect(lines).toHaveLength(ROWS + 1);
    // No text in it has a quote; commas stand only in quoted cells.
    const cells = lines.map((line) => line.replaceAll(/"[^"]*"/g, "x").split(",").length);
    expect(new Set(cells)).toEqual(new Set([COLUMNS.length]));
    expect(lines.join("\n").length / lines.length).toBeGreaterThan(255);
    expect(lines.join("\n").length / lines.length).toBeLessThan(285);
  });

  it("delivers one or two rows of a hundred twice, on seven days", async () => {
    const rows = (await write("repeats")).trimEnd().split("\n").slice(1);
    const repeats = 1 - new Set(rows).size / rows.length;
    expect(repeats).toBeGreaterThan(0.01);
    expect(repeats).toBeLessThan(0.02);
    expect(new Set(rows.map((row) => row.slice(1, 11))).size).toBe(7);
  });

  it("is the same for the same seed, and another one for another", async () => {
    const first = await write("first");
    expect(await write("again")).toBe(first);
    expect(await write("other", "another seed")).not.toBe(first);
  });
});
