import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDuckdbStore } from "./index.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-store-"));
afterAll(() => rmSync(dir, { recursive: true }));

const options = { dir, home: ["CN"], now: () => new Date(0) };

describe("openDuckdbStore", () => {
  it("refuses a second opening in one process, which would fork the database", async () => {
    const store = await openDuckdbStore(options);
    await expect(openDuckdbStore(options)).rejects.toMatchObject({ code: "data-dir-in-use" });
    await store.close();
  });

  it("says that a damaged file is damaged, and not that it is in use", async () => {
    const file = openSync(join(dir, "observations.duckdb"), "r+");
    writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
    closeSync(file);
    await expect(openDuckdbStore(options)).rejects.toMatchObject({ code: "store-corrupt" });
  });
});
