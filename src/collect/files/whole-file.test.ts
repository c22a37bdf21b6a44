import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { Block } from "../../app/ports.ts";
import { listFiles } from "./index.ts";
import { gatherBlock } from "./whole-file.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-whole-"));
afterAll(() => rmSync(dir, { recursive: true }));

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(64);
  for (const part of parts) {
    const length = buffer.write(part);
    yield Promise.resolve(buffer.subarray(0, length));
  }
}

async function all(blocks: AsyncIterable<Block>): Promise<Block[]> {
  const got: Block[] = [];
  for await (const block of blocks) got.push(block);
  return got;
}

describe("gatherBlock", () => {
  it("gives one block, though the chunks share a buffer, with the hash of all of it", async () => {
    const [block, ...more] = await all(gatherBlock(chunks("{\n", '"a": 1', "\n}"), 0, "a.json"));
    expect(more).toEqual([]);
    expect(Buffer.from(block!.bytes).toString()).toBe('{\n"a": 1\n}');
    expect(block!.toByte).toBe(10);
    expect(block!.sha256()).toBe(createHash("sha256").update('{\n"a": 1\n}').digest("hex"));
  });

  it("gives what lies behind the offset, and nothing at the end", async () => {
    const [block] = await all(gatherBlock(chunks("abc", "def"), 4, "a"));
    expect(Buffer.from(block!.bytes).toString()).toBe("ef");
    expect(await all(gatherBlock(chunks("abc", "def"), 6, "a"))).toEqual([]);
  });

  it("refuses more than the limit", async () => {
    const blocks = all(gatherBlock(chunks("abc", "def"), 0, "a.json", 5));
    await expect(blocks).rejects.toMatchObject({ code: "input-too-large" });
  });
});

describe("a file read as a whole", () => {
  const open = async (name: string, bytes: Uint8Array): Promise<AsyncIterable<Block>> => {
    const path = join(dir, name);
    writeFileSync(path, bytes);
    const { files } = await listFiles([path], { stdin: process.stdin, dir });
    return files[0]!.blocks(0, true);
  };

  it("may be one line that is longer than any row", async () => {
    const text = `[${"1,".repeat(5 << 20)}1]`;
    const [block, ...more] = await all(await open("long.json.gz", gzipSync(text)));
    expect(more).toEqual([]);
    expect(block!.bytes.length).toBe(text.length);
  });

  it("is not given at all if it is cut short", async () => {
    const packed = gzipSync(Array.from({ length: 9999 }, (_, i) => `${i * 7919}\n`).join(""));
    const blocks = await open("cut.json.gz", packed.subarray(0, packed.length / 2));
    const got: Block[] = [];
    const read = async (): Promise<void> => {
      for await (const block of blocks) got.push(block);
    };
    await expect(read()).rejects.toMatchObject({ code: "input-truncated" });
    expect(got).toEqual([]);
  });
});
