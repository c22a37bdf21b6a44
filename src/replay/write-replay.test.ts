import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asOutputFault } from "./replay-folder.ts";
import { writeReplay } from "./index.ts";

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-replay-"));
  out = join(folder, "replay");
});
afterEach(() => rmSync(folder, { recursive: true }));

function bytesOf(replay: string): Record<string, string> {
  const files = readdirSync(replay, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const names = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(
    names.map((name) => [name.slice(replay.length), readFileSync(name, "latin1")]),
  );
}

describe("writeReplay", () => {
  it("writes the same bytes for the same seed, and others for another", async () => {
    const [one, again, other] = ["one", "again", "other"].map((name) => join(folder, name));
    await writeReplay({ out: one!, scale: 2000, seed: "a" });
    await writeReplay({ out: again!, scale: 2000, seed: "a" });
    await writeReplay({ out: other!, scale: 2000, seed: "b" });
    expect(bytesOf(again!)).toEqual(bytesOf(one!));
    expect(bytesOf(other!)["/sites.csv"]).not.toBe(bytesOf(one!)["/sites.csv"]);
  });

  it("holds the same truth in both formats", async () => {
    const plain = await writeReplay({ out, scale: 2000, seed: "a" });
    const other = await writeReplay({ out, scale: 2000, seed: "a", format: "event4_sinkhole" });
    expect(other).toEqual({ ...plain, format: "event4_sinkhole" });
  });

  it("makes a file for every day, the three after the period included", async () => {
    await writeReplay({ out, scale: 1_000_000, seed: "a" });
    const days = readdirSync(join(out, "days")).sort();
    expect(days).toHaveLength(154);
    expect([days[0], days.at(-1)]).toEqual(["2013-01-01.csv", "2013-06-03.csv"]);
  });

  it("reports progress that only grows and ends at its total", async () => {
    const seen: number[] = [];
    let total = 0;
    const onProgress = (done: number, of: number): void => {
      seen.push(done);
      total = of;
    };
    await writeReplay({ out, scale: 500, seed: "a", onProgress });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.at(-1)).toBe(total);
  });

  it("lets timers run while it works", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await writeReplay({ out, scale: 200, seed: "a" });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it("leaves no finished folder when it is interrupted, and a later run is whole", async () => {
    const interrupt = new AbortController();
    const onProgress = (done: number): void => {
      if (done > 0) interrupt.abort();
    };
    const run = writeReplay({ out, scale: 500, seed: "a", onProgress, signal: interrupt.signal });
    await expect(run).rejects.toMatchObject({ code: "interrupted" });
    expect(existsSync(out)).toBe(false);
    expect(existsSync(`${out}.partial`)).toBe(true);

    await writeReplay({ out, scale: 500, seed: "a" });
    expect(existsSync(join(out, "truth.json"))).toBe(true);
    expect(existsSync(`${out}.partial`)).toBe(false);
  });

  it("keeps an earlier replay until the new one is whole", async () => {
    await writeReplay({ out, scale: 2000, seed: "earlier" });
    const run = writeReplay({ out, scale: 500, seed: "a", signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: "interrupted" });
    expect(JSON.parse(readFileSync(join(out, "truth.json"), "utf8"))).toMatchObject({
      seed: "earlier",
    });
    await writeReplay({ out, scale: 2000, seed: "later" });
    expect(JSON.parse(readFileSync(join(out, "truth.json"), "utf8"))).toMatchObject({
      seed: "later",
    });
  });

  it("does not touch a folder that holds anything else", async () => {
    mkdirSync(out);
    writeFileSync(join(out, "thesis.txt"), "ten years of work");
    const run = writeReplay({ out, scale: 2000, seed: "a" });
    await expect(run).rejects.toMatchObject({ code: "output-unwritable" });
    expect(readdirSync(out)).toEqual(["thesis.txt"]);
  });

  it("says so when the folder cannot be made", async () => {
    writeFileSync(out, "a file");
    for (const place of [out, join(out, "inside")]) {
      const run = writeReplay({ out: place, scale: 2000, seed: "a" });
      await expect(run).rejects.toMatchObject({ code: "output-unwritable" });
    }
  });

  it("refuses a scale that is no positive whole number", async () => {
    for (const scale of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(writeReplay({ out, scale, seed: "a" })).rejects.toMatchObject({ code: "usage" });
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("asOutputFault", () => {
  it("knows a full disk from other troubles, and leaves mistakes of ours alone", () => {
    const failed = (code: string): unknown =>
      Object.assign(new Error(code), { code, syscall: "write" });
    expect(asOutputFault(failed("ENOSPC"), out)).toMatchObject({ code: "no-space-left" });
    expect(asOutputFault(failed("EACCES"), out)).toMatchObject({ code: "output-unwritable" });
    const mistake = new TypeError("undefined is not a function");
    expect(asOutputFault(mistake, out)).toBe(mistake);
  });
});
