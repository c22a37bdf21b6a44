import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLibsqlCases } from "./index.ts";

/** Another process: it writes a setting, and closes the file as if it were the last. */
const OTHER = `
  const Database = require("libsql");
  const [path, name] = process.argv.slice(1);
  const database = new Database(path);
  database.exec("pragma journal_mode = wal");
  database.prepare("insert or replace into settings values ('from', ?)").run(name);
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-libsql-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the file of the cases", () => {
  it("is for our own user only, and so is what lies beside it while it is open", async () => {
    const store = await openLibsqlCases(join(folder, "cases.db"));
    await store.write((session) => session.setSetting("a", "b"));
    for (const name of readdirSync(folder))
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    await store.close();
  });

  it("has everything in it when it is closed, so that it can be copied", async () => {
    const path = join(folder, "cases.db");
    const store = await openLibsqlCases(path);
    await store.write((session) => session.setSetting("a", "b"));
    await store.close();
    copyFileSync(path, join(folder, "copy.db"));
    const copy = await openLibsqlCases(join(folder, "copy.db"));
    expect(await copy.read((session) => session.setting("a"))).toBe("b");
    await copy.close();
  });

  it("is one for all processes, also when one of them closes it while we read on several connections", async () => {
    const path = join(folder, "cases.db");
    const store = await openLibsqlCases(path);
    const read = () => store.read((session) => session.setting("from"));
    for (const name of ["first", "second", "third"]) {
      await Promise.all([read(), read(), read()]);
      execFileSync(process.execPath, ["-e", OTHER, path, name], { cwd: process.cwd() });
      expect(await Promise.all([read(), read(), read()])).toEqual([name, name, name]);
    }
    await store.close();
  });

  it("that is none of ours is left alone", async () => {
    const path = join(folder, "cases.db");
    writeFileSync(path, "notes of a meeting\n".repeat(1000));
    await expect(openLibsqlCases(path)).rejects.toMatchObject({ code: "store-corrupt" });
    expect(statSync(path).size).toBe(19_000);
  });

  it("in a folder that is not there cannot be written", async () => {
    const path = join(folder, "none", "cases.db");
    await expect(openLibsqlCases(path)).rejects.toMatchObject({ code: "output-unwritable" });
  });

  it("is one database for all who open it, in one process too", async () => {
    const path = join(folder, "cases.db");
    const stores = await Promise.all([1, 2, 3].map(() => openLibsqlCases(path)));
    await Promise.all(stores.map((store) => store.write((session) => session.nextNumber("a"))));
    expect(await stores[0]!.write((session) => session.nextNumber("a"))).toBe(4);
    for (const store of stores) await store.close();
  });
});
