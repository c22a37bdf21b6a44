import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { cutBlocks } from "./blocks.ts";
import { listFiles } from "./index.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-files-"));
afterAll(() => rmSync(dir, { recursive: true }));

async function blocksOf(
  parts: readonly Uint8Array[],
  fromByte = 0,
): Promise<{ text: string; toByte: number; sha256: string }[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield Promise.resolve(part);
  }
  const blocks = [];
  for await (const block of cutBlocks(chunks(), fromByte))
    blocks.push({
      text: Buffer.from(block.bytes).toString("latin1"),
      toByte: block.toByte,
      sha256: block.sha256(),
    });
  return blocks;
}

const line = `${"x".repeat(1000)}\n`;

describe("cutBlocks", () => {
  it("gives all bytes in order, each block but the last ending with a line", async () => {
    const text = line.repeat(7000) + "the end";
    const blocks = await blocksOf([Buffer.from(text)]);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.map((block) => block.text).join("")).toBe(text);
    for (const block of blocks.slice(0, -1)) expect(block.text.endsWith("\n")).toBe(true);
    expect(blocks.at(-1)!.toByte).toBe(text.length);
  });

  it("gives the same rest from the end of any block, and the same hash", async () => {
    const text = line.repeat(7000);
    const whole = await blocksOf([Buffer.from(text)]);
    const from = whole[0]!.toByte;
    const rest = await blocksOf([Buffer.from(text)], from);
    expect(rest.map((block) => block.text).join("")).toBe(text.slice(from));
    expect(rest.at(-1)!.sha256).toBe(whole.at(-1)!.sha256);
  });

  it("does not cut within a quoted cell that holds a line break", async () => {
    const row = `"${"y".repeat(600)}\n${"z".repeat(600)}",1\n`;
    const blocks = await blocksOf([Buffer.from(row.repeat(4000))]);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) expect(block.text.startsWith('"y')).toBe(true);
  });

  it("gives the beginning of a line that is far too long, and the lines after it", async () => {
    const part = Buffer.from("a".repeat(1 << 20));
    const parts = Array.from({ length: 20 }, () => part);
    const blocks = await blocksOf([...parts, Buffer.from("\nnext\n")]);
    const text = blocks.map((block) => block.text).join("");
    expect(text.length).toBeLessThan(3 << 20);
    expect(blocks.at(-1)!.text).toBe("next\n");
  });

  it("does not depend on how the bytes arrive", async () => {
    const text = Buffer.from(line.repeat(5000));
    const expected = await blocksOf([text]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 6 }),
        async (cuts) => {
          const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
          const parts = at.slice(1).map((to, i) => text.subarray(at[i]!, to));
          const blocks = await blocksOf(parts);
          expect(blocks.map((block) => block.text).join("")).toBe(
            expected.map((block) => block.text).join(""),
          );
          expect(blocks.at(-1)!.sha256).toBe(expected.at(-1)!.sha256);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("listFiles", () => {
  const spool = { stdin: process.stdin, dir };

  it("gives what came before the cut of a truncated gzip, and says so", async () => {
    const text = Array.from({ length: 200_000 }, (_, i) => `${i},${(i * 7919) % 10_007}\n`).join(
      "",
    );
    const packed = gzipSync(text);
    const path = join(dir, "cut.csv.gz");
    writeFileSync(path, packed.subarray(0, packed.length / 2));
    const { files } = await listFiles([path], spool);
    let got = "";
    const read = async (): Promise<void> => {
      for await (const block of files[0]!.blocks(0)) got += Buffer.from(block.bytes).toString();
    };
    await expect(read()).rejects.toMatchObject({ code: "input-truncated" });
    expect(text.startsWith(got)).toBe(true);
    expect(got.length).toBeGreaterThan(text.length / 4);
  });

  it("gives the beginning of a small gzip that is cut short, by which its format is known", async () => {
    const text = Array.from({ length: 3000 }, (_, i) => `${i},${(i * 7919) % 10_007}\n`).join("");
    const packed = gzipSync(text);
    const path = join(dir, "small.csv.gz");
    writeFileSync(path, packed.subarray(0, packed.length / 2));
    const { files } = await listFiles([path], spool);
    const { head } = await files[0]!.sample();
    expect(head.length).toBeGreaterThan(1000);
    expect(text.startsWith(Buffer.from(head).toString())).toBe(true);
  });

  it("says what a name leads to, and goes on with the others", async () => {
    const path = join(dir, "one.csv");
    writeFileSync(path, "a\n");
    const { files, problems } = await listFiles([join(dir, "none.csv"), path], spool);
    expect(files.map((file) => file.path)).toEqual([path]);
    expect(problems).toMatchObject([{ fault: { code: "input-unreadable" } }]);
  });

  it("hashes a beginning, and knows when there is less", async () => {
    const path = join(dir, "two.csv");
    writeFileSync(path, "abcdef\n");
    const { files } = await listFiles([path], spool);
    const [block] = await blocksOf([Buffer.from("abc")]);
    expect(await files[0]!.hash(3)).toBe(block!.sha256);
    expect(await files[0]!.hash(100)).toBeUndefined();
  });
});
