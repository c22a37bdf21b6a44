import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packCountry, unpackCountry } from "../../core/network/index.ts";
import {
  buildHosts,
  makeDescribeHost,
  openHosts,
  readHostList,
  SECTORS,
  sectorName,
} from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tocsin-hosts-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

const entry = (host: string, sector: string, country = "") => ({
  host,
  sector,
  country: packCountry(country),
});

describe("describing hosts", () => {
  it.each([
    ["www.example.gov.cn", "government", "CN"],
    ["example.mil.cn", "military", "CN"],
    ["example.edu.cn", "academic", "CN"],
    ["example.ac.cn", "academic", "CN"],
    ["example.gov.uk", "government", "GB"],
    ["example.gov", "government", "US"],
    ["example.gob.mx", "government", "MX"],
    ["school.place.sch.uk", "academic", "GB"],
    ["www.uni-bonn.de", "academic", "DE"],
    ["example.xn--zfr164b", "government", "CN"],
    ["example.xn--fiqs8s", "", "CN"],
    ["example.co.uk", "", "GB"],
    ["example.eu", "", ""],
    ["example.io", "", ""],
    ["gov.example.com", "", ""],
    ["192.0.2.1", "", ""],
    ["", "", ""],
  ])("%s is of sector '%s' and country '%s'", async (host, sector, country) => {
    const describeHost = await makeDescribeHost({ operatorHosts: [] });
    const facts = describeHost(host);
    expect([facts.sector, unpackCountry(facts.country)]).toEqual([sector, country]);
  });

  it("believes the operator's list before the suffixes, for a host and all below it", async () => {
    const operatorHosts = [
      entry("hospital.example.gov.cn", "health"),
      entry("example.com", "energy", "FR"),
      entry("example.edu.cn", "", "HK"),
    ];
    const directory = structuredClone(await buildHosts({ operatorHosts }));
    const describeHost = openHosts(directory);
    const about = (host: string) => {
      const { sector, country } = describeHost(host);
      return `${sector} ${unpackCountry(country)}`;
    };
    expect(about("hospital.example.gov.cn")).toBe("health CN");
    expect(about("www.hospital.example.gov.cn")).toBe("health CN");
    expect(about("example.gov.cn")).toBe("government CN");
    expect(about("notexample.com")).toBe(" ");
    expect(about("www.example.com")).toBe("energy FR");
    expect(about("www.example.edu.cn")).toBe("academic HK");
  });
});

describe("readHostList", () => {
  const read = async (text: string) => {
    const path = join(folder, "hosts.csv");
    await writeFile(path, text);
    return await readHostList(path);
  };

  it("reads host, sector and country, and counts what it refuses", async () => {
    const list = await read(
      [
        "# our own",
        "Example.COM,Energy,FR",
        "not a host,energy",
        "example.org.,政府",
        "example.net,!!",
        "example.net,health,FRANCE",
        "only-a-host.example",
        "*.例子.cn,academic",
      ].join("\n"),
    );
    expect(list.hosts).toEqual([
      entry("example.com", "energy", "FR"),
      entry("example.org", "government"),
      entry("xn--fsqu00a.cn", "academic"),
    ]);
    expect(list.refused).toBe(4);
    expect(list.samples.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "3 host-malformed",
      "5 sector-malformed",
      "6 country-malformed",
      "7 columns-missing",
    ]);
  });

  it("follows the header of a table that holds more", async () => {
    const list = await read(
      "site_id,host,sector,path\n1,www.example.com,information-system,/up.php\n",
    );
    expect(list.hosts).toEqual([entry("www.example.com", "information-system")]);
  });

  it("names the file that cannot be read", async () => {
    const path = join(folder, "none.csv");
    await expect(readHostList(path)).rejects.toMatchObject({
      code: "input-unreadable",
      message: expect.stringContaining(path),
    });
  });
});

describe("sectorName", () => {
  it("knows each sector by all its names", () => {
    for (const { name, en, zh } of SECTORS)
      expect([name, en, zh].map(sectorName)).toEqual([name, name, name]);
    expect(sectorName("space-agency")).toBe("space-agency");
  });
});
