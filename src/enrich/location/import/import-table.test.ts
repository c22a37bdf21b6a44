import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../../../../test/shared-data.ts";
import { packCountry } from "../../../core/network/index.ts";
import { importTable, inspectTable } from "./import-table.ts";
import { Imported } from "./imported.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tocsin-import-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

const write = async (name: string, bytes: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};

describe("importTable", () => {
  it.each([
    [
      "rir-delegated",
      "# conditions\n2|x|1|1|1|20140630|0\nx|CN|ipv4|192.0.2.0|256|20110101|assigned\n",
    ],
    ["prefix-asn", "; comment\n192.0.2.0/24\t64496\n"],
    ["prefix-asn", "192.0.2.0 24 64496_64497,64498\n"],
    ["csv-ranges", "start_ip,end_ip,country\n192.0.2.0,192.0.2.255,CN\n"],
    ["csv-ranges", '192.0.2.0,192.0.2.255,64496,"Example Inc"\n'],
  ])("tells %s by its content, plain and packed", async (format, text) => {
    for (const bytes of [
      Buffer.from(text),
      gzipSync(text),
      `\ufeff${text.replace(/\n/g, "\r\n")}`,
    ]) {
      const into = new Imported();
      const wanted = text.includes("64496") ? "asnRanges" : "countryRanges";
      const summary = await importTable(await write("table", bytes), wanted, into);
      expect(summary).toMatchObject({ format, refused: 0, [wanted]: 1 });
    }
  });

  it("counts what it refuses, and shows the first lines of it", async () => {
    const lines = ["192.0.2.0/24,CN", "not,a,range", "198.51.100.0/24,US", ...Array(9).fill("x,y")];
    const summary = await importTable(
      await write("t", lines.join("\n")),
      "countryRanges",
      new Imported(),
    );
    expect(summary).toMatchObject({ countryRanges: 2, refused: 10 });
    expect(summary.samples).toHaveLength(5);
    expect(summary.samples[0]).toEqual({ line: 2, reason: "not-a-range", text: "not,a,range" });
  });

  it.each([
    ["a gzip file cut short", gzipSync("192.0.2.0/24,CN\n".repeat(5000)).subarray(0, 90)],
    ["an empty file", ""],
    ["a binary file of another kind", Buffer.alloc(500)],
    ["a table without any range", "network,geoname_id\n192.0.2.0/24,1\n"],
  ])("refuses %s, by name", async (_, bytes) => {
    const path = await write("faulty", bytes);
    await expect(importTable(path, "countryRanges", new Imported())).rejects.toMatchObject({
      code: "location-table-unreadable",
      message: expect.stringContaining(path),
    });
  });
});

const apnic = sharedData("reference/rir-delegated-apnic-2014-06.txt.gz");

describe.skipIf(!apnic)("the file of the registry for Asia and the Pacific of June 2014", () => {
  it("gives China 330,397,440 IPv4 addresses in 3,635 blocks at the end of May 2013", async () => {
    const into = new Imported();
    const summary = await importTable(apnic!, "countryRanges", into, { until: "20130531" });
    expect(summary).toMatchObject({ format: "rir-delegated", refused: 0 });
    expect(summary.date).toMatch(/^2014-0[67]-/);
    const { v4 } = into.countries;
    let blocks = 0;
    let addresses = 0;
    for (let i = 0; i < v4.count; i++) {
      if (v4.values[i] !== packCountry("CN")) continue;
      blocks++;
      addresses += v4.ends[0]![i]! - v4.starts[0]![i]! + 1;
    }
    expect({ blocks, addresses }).toEqual({ blocks: 3635, addresses: 330_397_440 });
  });
});

describe("inspectTable", () => {
  it("says what a table would give, and refuses one that lacks what it is meant for", async () => {
    const path = await write("both.csv", "192.0.2.0/24,CN,64496\n");
    expect(await inspectTable(path, "asn")).toMatchObject({ countryRanges: 1, asnRanges: 1 });
    expect(await inspectTable(path, "auto")).toMatchObject({ format: "csv-ranges", refused: 0 });
    const countries = await write("countries.csv", "192.0.2.0/24,CN\n");
    await expect(inspectTable(countries, "asn")).rejects.toMatchObject({
      code: "location-table-unreadable",
      message: expect.stringContaining("no address range with an AS number"),
    });
  });
});
