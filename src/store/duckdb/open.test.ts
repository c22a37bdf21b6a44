import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { deliver } from "../../../test/contract/deliver.ts";
import { bare, full } from "../../../test/contract/sample-rows.ts";
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

  it("takes over the tables of version 1, in which a line was one observation", async () => {
    const folder = mkdtempSync(join(dir, "version-1-"));
    const exported = async (): Promise<unknown[]> => {
      const store = await openDuckdbStore({ ...options, dir: folder });
      if ((await store.size()).observations === 0)
        await deliver(store, "sites", { rows: [full, bare] });
      const records: unknown[] = [];
      for await (const page of (await store.select({ maxTlp: "red" })).pages) records.push(...page);
      await store.close();
      return records;
    };
    const before = await exported();
    const database = await DuckDBInstance.create(join(folder, "observations.duckdb"));
    const session = await database.connect();
    await session.run("ALTER TABLE observation_detail DROP COLUMN identity");
    await session.run("ALTER TABLE batch DROP COLUMN skipped");
    await session.run("ALTER TABLE batch DROP COLUMN skips");
    await session.run("DROP TABLE refused_bytes");
    for (const column of ["ordinal", "nth", "apart"])
      await session.run(`ALTER TABLE refused DROP COLUMN ${column}`);
    await session.run("ALTER TABLE retaken DROP COLUMN ordinal");
    await session.run(
      "INSERT INTO refused VALUES (1, 2, 'time-invalid', 'a'), (1, 2, 'time-invalid', 'b'), (1, 3, 'field-invalid', repeat('c', 4096)), (1, 4, 'field-invalid', 'd')",
    );
    await session.run("INSERT INTO retaken VALUES (1, 4, TIMESTAMP_MS '2024-03-01')");
    await session.run("UPDATE meta SET value = '1' WHERE name = 'schema'");
    session.closeSync();
    database.closeSync();
    expect(await exported()).toEqual(before);
    const store = await openDuckdbStore({ ...options, dir: folder });
    const rows = await store.quarantine.rows({});
    expect(rows.map(({ id, whole, takenAt }) => [id, whole, takenAt === null])).toEqual([
      ["1-2-1", true, true],
      ["1-2-2", true, true],
      ["1-3-1", false, true],
      ["1-4-1", true, false],
    ]);
    expect(await store.journal(1)).toMatchObject([{ skipped: 0, skips: {} }]);
    await store.close();
  });

  it("says that a damaged file is damaged, and not that it is in use", async () => {
    const file = openSync(join(dir, "observations.duckdb"), "r+");
    writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
    closeSync(file);
    await expect(openDuckdbStore(options)).rejects.toMatchObject({ code: "store-corrupt" });
  });
});
