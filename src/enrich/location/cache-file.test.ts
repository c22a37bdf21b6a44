import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packCountry } from "../../core/network/index.ts";
import { loadTable, saveTable } from "./cache-file.ts";
import { openLocator } from "./locator.ts";
import { cidrRanges } from "./marks/special-purpose.ts";
import { packLocation } from "./pack.ts";
import { RangeSet } from "./ranges.ts";

describe("the cache file of a location table", () => {
  let folder: string;
  let path: string;
  const table = packLocation({
    countries: [cidrRanges(["192.0.2.0/24", "2001:db8::/32"], packCountry("CN"))],
    asns: [],
    reserved: new RangeSet(),
    allowReserved: new RangeSet(),
    marks: [],
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tocsin-cache-"));
    path = join(folder, "deeper", "location-table.bin");
    await saveTable(path, { table, description: { name: "example" } });
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it("gives back the table and its description, and leaves no other file", async () => {
    const loaded = await loadTable<{ name: string }>(path);
    expect(loaded?.description).toEqual({ name: "example" });
    const locator = openLocator(loaded!.table);
    expect(locator.countries[locator.place4(0xc0000201)]).toBe(packCountry("CN"));
    expect(locator.countries[locator.place6(0x20010db8, 0, 0, 1)]).toBe(packCountry("CN"));
    expect(await readdir(join(folder, "deeper"))).toEqual(["location-table.bin"]);
  });

  it("is refused with one bit changed anywhere, cut short, or grown", async () => {
    const good = await readFile(path);
    const bad = join(folder, "bad.bin");
    const steps = Math.max(1, Math.floor(good.length / 60));
    for (let at = 0; at < good.length; at += at < 64 ? 1 : steps) {
      const copy = Buffer.from(good);
      copy[at]! ^= 1;
      await writeFile(bad, copy);
      expect(await loadTable(bad), `byte ${at}`).toBeUndefined();
    }
    for (const wrong of [good.subarray(0, -1), good.subarray(0, 20), Buffer.alloc(0)]) {
      await writeFile(bad, wrong);
      expect(await loadTable(bad)).toBeUndefined();
    }
    await writeFile(bad, Buffer.concat([good, Buffer.of(0)]));
    expect(await loadTable(bad)).toBeUndefined();
  });

  it("is not there before it is written", async () => {
    expect(await loadTable(join(folder, "none.bin"))).toBeUndefined();
  });
});
