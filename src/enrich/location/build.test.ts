import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressFromText, unpackCountry } from "../../core/network/index.ts";
import { type Mark, markCodes } from "../../core/observation/index.ts";
import { buildLocation, type LocationOptions, type LocationTable, openLocator } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tocsin-location-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

const write = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

function look(table: LocationTable, text: string) {
  const locator = openLocator(table);
  const { version, w0, w1, w2, w3 } = addressFromText(text)!;
  const place = version === 4 ? locator.place4(w3) : locator.place6(w0, w1, w2, w3);
  const mark = Object.keys(markCodes).find(
    (name) => markCodes[name as Mark] === locator.marks[place],
  );
  return `${unpackCountry(locator.countries[place]!)} AS${locator.asns[place]} ${mark}`;
}

describe("buildLocation with the operator's tables", () => {
  it("locates reserved space that is allowed, and only that", async () => {
    const options: LocationOptions = {
      countryFiles: [
        await write("geo.csv", "4026531840,4160749567,CN\n4160749568,4160880639,US\n"),
      ],
      asnFiles: [await write("asn.txt", "240.1.0.0/16\t64496\n")],
      allowReserved: ["240.0.0.0/5"],
      operatorList: ["240.9.9.9"],
      cacheDir: join(folder, "own"),
    };
    const table = await buildLocation(options);
    expect(table).toMatchObject({
      name: "geo.csv",
      asnName: "asn.txt",
      starter: false,
      cached: false,
    });
    expect(look(table, "240.0.0.0")).toBe("CN AS0 none");
    expect(look(table, "240.1.2.3")).toBe("CN AS64496 none");
    expect(look(table, "240.9.9.9")).toBe("CN AS0 operatorList");
    expect(look(table, "248.0.0.0")).toBe("US AS0 reserved");
    expect(look(table, "192.0.2.1")).toBe(" AS0 reserved");
    expect(look(table, "8.8.8.8")).toBe(" AS0 publicResolver");
  });

  it("is as old as its oldest country file, and believes a country file's AS numbers first", async () => {
    const old = await write("old.csv", "192.0.2.0/24,CN,64496\n");
    await utimes(old, new Date("2013-05-31"), new Date("2013-05-31"));
    const table = await buildLocation({
      countryFiles: [old, await write("new.csv", "198.51.100.0/24,US\n")],
      asnFiles: [await write("both.csv", "192.0.2.0/25,64497\n198.51.100.0/24,64498\n")],
      allowReserved: ["192.0.2.0/24", "198.51.100.0/24"],
      cacheDir: join(folder, "two"),
    });
    expect(table).toMatchObject({ name: "old.csv + new.csv", date: "2013-05-31" });
    expect(look(table, "192.0.2.1")).toBe("CN AS64496 none");
    expect(look(table, "198.51.100.1")).toBe("US AS64498 none");
  });

  it("comes from the cache until a file, or what is asked of it, changes", async () => {
    const geo = await write("cached.csv", "192.0.2.0/24,CN\n");
    const options: LocationOptions = {
      countryFiles: [geo],
      asnFiles: [await write("cached-asn.csv", "192.0.2.0/24,64496\n")],
      allowReserved: ["192.0.2.0/24"],
      cacheDir: join(folder, "cache"),
    };
    expect((await buildLocation(options)).cached).toBe(false);
    expect((await buildLocation(options)).cached).toBe(true);
    await utimes(geo, new Date(), new Date("2020-01-01"));
    expect((await buildLocation(options)).cached).toBe(true);
    await write("cached.csv", "192.0.2.0/24,US\n");
    const changed = await buildLocation(options);
    expect([changed.cached, look(changed, "192.0.2.1")]).toEqual([false, "US AS64496 none"]);
    const stricter = await buildLocation({ ...options, allowReserved: [] });
    expect([stricter.cached, look(stricter, "192.0.2.1")]).toEqual([false, "US AS64496 reserved"]);
  });

  it("is built anew where the cache file is damaged", async () => {
    const options: LocationOptions = {
      countryFiles: [await write("damaged.csv", "192.0.2.0/24,CN\n")],
      asnFiles: [await write("damaged-asn.csv", "192.0.2.0/24,64496\n")],
      allowReserved: [],
      cacheDir: join(folder, "damaged"),
    };
    await buildLocation(options);
    await writeFile(join(folder, "damaged", "location-table.bin"), "TOCSINLT0001 and no more");
    expect((await buildLocation(options)).cached).toBe(false);
    expect((await buildLocation(options)).cached).toBe(true);
  });

  it("is there all the same where the cache cannot be written", async () => {
    const table = await buildLocation({
      countryFiles: [await write("unwritable.csv", "192.0.2.0/24,CN\n")],
      asnFiles: [await write("unwritable-asn.csv", "192.0.2.0/24,64496\n")],
      allowReserved: [],
      cacheDir: join(folder, "unwritable.csv"),
    });
    expect(look(table, "192.0.2.1")).toBe("CN AS64496 reserved");
    expect(table.cacheFault).toBeTruthy();
  });

  it("names the file that cannot be read, or that says nothing of what is wanted", async () => {
    const cacheDir = join(folder, "faulty");
    const base = { asnFiles: [], allowReserved: [], cacheDir };
    const missing = join(folder, "missing.csv");
    await expect(buildLocation({ ...base, countryFiles: [missing] })).rejects.toMatchObject({
      code: "location-table-unreadable",
      message: expect.stringContaining(missing),
    });
    const asns = await write("asns-only.csv", "192.0.2.0/24,64496\n");
    await expect(buildLocation({ ...base, countryFiles: [asns] })).rejects.toMatchObject({
      code: "location-table-unreadable",
      message: expect.stringContaining("no address range with a country"),
    });
    await expect(
      buildLocation({ ...base, countryFiles: [], allowReserved: ["240.0.0.0/44"] }),
    ).rejects.toMatchObject({ code: "config-invalid" });
  });
});

describe("buildLocation with the starter tables", () => {
  it("knows the Internet, and loads from the cache", { timeout: 60_000 }, async () => {
    const options = {
      countryFiles: [],
      asnFiles: [],
      allowReserved: [],
      cacheDir: join(folder, "starter"),
    };
    const table = await buildLocation(options);
    expect(table.starter).toBe(true);
    expect(table.name).toMatch(/^geo-whois-asn-country \d/);
    expect(table.date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(table.sources.every((source) => source.refused === 0)).toBe(true);
    expect(table.body.byteLength).toBeLessThan(80e6);
    expect(look(table, "8.8.8.8")).toBe("US AS15169 publicResolver");
    expect(look(table, "114.114.114.114")).toContain("CN ");
    expect(look(table, "104.16.1.1")).toBe("US AS13335 cdn");
    expect(look(table, "143.215.130.5")).toBe("US AS2637 sinkhole");
    expect(look(table, "2001:4860:4860::8888")).toBe("US AS15169 publicResolver");
    expect(look(table, "240.0.0.1")).toBe(" AS0 reserved");
    const before = performance.now();
    const again = await buildLocation(options);
    console.log(`location table loaded in ${Math.round(performance.now() - before)} ms`);
    expect(again.cached).toBe(true);
    expect(look(structuredClone(again), "8.8.8.8")).toBe("US AS15169 publicResolver");
  });
});
