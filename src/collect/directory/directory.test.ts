import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { collectFrom, depotIn, folder } from "../../../test/collect/bench.ts";
import { type DirectoryOptions, makeDirectoryCollector, stirIn } from "./index.ts";

const watch = (path: string, more: Partial<DirectoryOptions> = {}) =>
  makeDirectoryCollector({
    path,
    files: ["*"],
    recursive: false,
    settleSeconds: 1,
    after: "keep",
    ...more,
  });

it("takes each finished file once, and one that is written again once more", async () => {
  const dir = folder();
  const depot = await depotIn();
  writeFileSync(join(dir, "a.csv"), "a\n");
  writeFileSync(join(dir, ".b.csv"), "hidden\n");
  writeFileSync(join(dir, "c.csv.part"), "unfinished\n");
  writeFileSync(join(dir, "empty.csv"), "");
  expect(await collectFrom(watch(dir), depot)).toMatchObject([{ name: "a.csv", text: "a\n" }]);
  expect(await collectFrom(watch(dir), depot)).toEqual([]);
  writeFileSync(join(dir, "a.csv"), "other\n");
  renameSync(join(dir, "c.csv.part"), join(dir, "c.csv"));
  const names = (await collectFrom(watch(dir), depot)).map(({ text }) => text);
  expect(names.sort()).toEqual(["other\n", "unfinished\n"]);
});

it("leaves a file that still grows for the next run", async () => {
  const dir = folder();
  const depot = await depotIn();
  const path = join(dir, "a.csv");
  writeFileSync(path, "a\n");
  writeFileSync(join(dir, "b.csv"), "b\n");
  const grow = async (): Promise<void> => appendFileSync(path, "more\n");
  const taken = await collectFrom(watch(dir), depot, { sleep: grow });
  expect(taken.map(({ name }) => name)).toEqual(["b.csv"]);
  expect(await collectFrom(watch(dir), depot)).toMatchObject([{ text: "a\nmore\n" }]);
});

it("follows no link that leads out of the directory", async () => {
  const [dir, outside] = [folder(), folder()];
  writeFileSync(join(outside, "secret"), "secret\n");
  symlinkSync(join(outside, "secret"), join(dir, "link.csv"));
  symlinkSync(outside, join(dir, "folder"));
  writeFileSync(join(dir, "a.txt"), "a\n");
  symlinkSync(join(dir, "a.txt"), join(dir, "own.csv"));
  const taken = await collectFrom(watch(dir, { recursive: true }), await depotIn());
  expect(taken.map(({ name }) => name).sort()).toEqual(["a.txt", "own.csv"]);
});

it("looks below, by pattern, when asked to", async () => {
  const dir = folder();
  mkdirSync(join(dir, "2024", "03"), { recursive: true });
  writeFileSync(join(dir, "2024", "03", "x.csv"), "x\n");
  writeFileSync(join(dir, "2024", "y.log"), "y\n");
  const names = async (files: string[], recursive: boolean) =>
    (await collectFrom(watch(dir, { files, recursive }), await depotIn())).map(({ name }) => name);
  expect(await names(["*.csv"], true)).toEqual(["x.csv"]);
  expect(await names(["2024/*"], true)).toEqual(["y.log"]);
  expect(await names(["**"], true)).toHaveLength(2);
  expect(await names(["*"], false)).toEqual([]);
});

it("puts a file away only when the journal has it, and makes up for it after a crash", async () => {
  const [dir, away, home] = [folder(), folder(), folder()];
  const collector = watch(dir, { after: { moveTo: away } });
  writeFileSync(join(dir, "a.csv"), "a\n");
  await collectFrom(collector, await depotIn(home), { crash: { at: 1, journaled: false } });
  expect(readdirSync(dir)).toEqual(["a.csv"]);
  const taken = await collectFrom(collector, await depotIn(home), {
    crash: { at: 1, journaled: true },
  });
  expect(taken).toHaveLength(1);
  expect(readdirSync(dir)).toEqual(["a.csv"]);
  expect(await collectFrom(collector, await depotIn(home))).toEqual([]);
  expect(readdirSync(away)).toEqual(["a.csv"]);
  writeFileSync(join(dir, "a.csv"), "another\n");
  await collectFrom(collector, await depotIn(home));
  expect(readdirSync(away)).toHaveLength(2);
  expect(readdirSync(dir)).toEqual([]);
});

it("says so when the directory is not there", async () => {
  const taking = collectFrom(watch(join(folder(), "absent")), await depotIn());
  await expect(taking).rejects.toMatchObject({ code: "input-unreadable" });
});

it("tells that something came, also while nobody asked", async () => {
  const dir = folder();
  const stir = stirIn(dir, false);
  const asked = stir.next();
  writeFileSync(join(dir, "a.csv"), "a\n");
  await asked;
  renameSync(join(dir, "a.csv"), join(dir, "b.csv"));
  await stir.next();
  stir.close();
  expect(() => stirIn(join(dir, "absent"), false).close()).not.toThrow();
});
