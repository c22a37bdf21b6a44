import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  copyOf,
  initialise,
  ingest,
  type Outcome,
  run,
  temporaryFolder,
  write,
} from "./program.ts";
import { dayFile, row, text } from "./rows.ts";

const folder = temporaryFolder();
const base = join(folder, "base");
const read = (args: readonly string[]): Promise<Outcome> => run([...args, "--data", base]);

beforeAll(async () => {
  await initialise(base);
  const six = { victim_ip: "2001:db8:1::1", origin_ip: "2001:db8:2::1" };
  const path = write(
    join(folder, "feed.csv"),
    dayFile(5) + text([row(5, six), row(6, { family: '"a, ""b"""' }), "nonsense"]),
  );
  await ingest(base, [path], { code: 3 });
});

/** Whether a value is what a schema of docs/schemas describes. */
function expectToFit(name: string, json: string): void {
  const file = new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url);
  const schema = z.fromJSONSchema(
    JSON.parse(readFileSync(file, "utf8")) as z.core.JSONSchema.JSONSchema,
  );
  const { success, error } = schema.safeParse(JSON.parse(json));
  expect(success, `${name}: ${error?.message}`).toBe(true);
}

describe("what a command prints with --json", () => {
  it.each([
    ["situation", ["situation"], 0],
    ["situation", ["situation", "--by", "month"], 0],
    ["situation", ["situation", "--by", "asn", "--kind", "infected-system"], 0],
    ["rank", ["rank", "--by", "family"], 0],
    ["origin", ["origin", "198.51.100.7"], 0],
    ["origin", ["origin", "203.0.113.1"], 0],
    ["victim", ["victim", "2001:db8:1::1"], 0],
    ["doctor", ["doctor"], 4],
    ["quarantine-list", ["quarantine", "list"], 0],
    ["quarantine-retry", ["quarantine", "retry"], 3],
    ["location-show", ["location", "show"], 0],
    ["feeds-formats", ["feeds", "formats"], 0],
  ] as const)("fits docs/schemas/%s.schema.json: %j", async (name, args, code) => {
    const outcome = await read([...args, "--json"]);
    expect(outcome, outcome.stderr).toMatchObject({ code, stderr: "" });
    expectToFit(name, outcome.stdout);
  });

  it("fits its schema also when it fails", async () => {
    const outcome = await read(["situation", "--from", "2013-02-30", "--json"]);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expectToFit("failure", outcome.stderr);
  });
});

describe("what a command tells people", () => {
  it.each([
    ["situation"],
    ["rank"],
    ["origin", "198.51.100.7"],
    ["victim", "192.0.2.1"],
    ["doctor"],
    ["quarantine", "list"],
    ["location", "show"],
  ])("is English or Chinese: %s %s", async (...args) => {
    const words = args.filter((word) => word !== undefined);
    const [english, chinese] = [
      await read([...words, "--lang", "en"]),
      await read([...words, "--lang", "zh"]),
    ];
    expect(english.stderr + chinese.stderr).toBe("");
    expect(english.stdout).not.toMatch(/\p{Script=Han}/u);
    expect(chinese.stdout).toMatch(/\p{Script=Han}/u);
    expect(english.stdout).not.toMatch(/undefined|NaN|\[object/);
    expect(chinese.stdout).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe("tocsin export observations", () => {
  const exported = async (format: string, ...rest: string[]): Promise<string> => {
    const out = join(folder, `observations-${rest.length}.${format}`);
    const outcome = await read([
      "export",
      "observations",
      "--format",
      format,
      "--out",
      out,
      "--max-tlp",
      "red",
      "--force",
      ...rest,
    ]);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    return out;
  };

  it("writes the same rows as CSV, JSON lines and Parquet", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const rowsOf = async (from: string): Promise<unknown[]> => {
      const query = `SELECT victim, origin, family, "originCountry", "victimAsn"::INT AS asn, line::INT AS line FROM ${from} ORDER BY line`;
      return (await connection.runAndReadAll(query)).getRowObjectsJson();
    };
    const parquet = await rowsOf(`read_parquet('${await exported("parquet")}')`);
    expect(parquet).toHaveLength(7);
    expect(parquet[6]).toMatchObject({ family: 'a, "b"', originCountry: "US" });
    expect(parquet[5]).toMatchObject({ victim: "2001:db8:1::1", origin: "2001:db8:2::1" });
    expect(await rowsOf(`read_csv('${await exported("csv")}', all_varchar=true)`)).toEqual(parquet);
    const lines = readFileSync(await exported("jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(7);
    connection.closeSync();
    instance.closeSync();
  });

  it("gives what is asked for, to standard output too, and says what it withholds", async () => {
    const one = await read([
      "export",
      "observations",
      "--format",
      "jsonl",
      "--victim",
      "192.0.2.1",
    ]);
    expect(one.code).toBe(0);
    expect(JSON.parse(one.stdout)).toMatchObject({ victim: "192.0.2.1", line: 2 });
    const there = await read([
      "export",
      "observations",
      "--format",
      "csv",
      "--out",
      join(folder, "feed.csv"),
    ]);
    expect(there.code).toBe(1);
    expect(there.stderr).toContain("is there already");
    const binary = await read(["export", "observations", "--format", "parquet"]);
    expect(binary.code).toBe(2);
  });
});

describe("tocsin location import", () => {
  const tables: readonly (readonly [string, string, string[]])[] = [
    [
      "delegated-apnic-extended-20261101",
      "2|apnic|20261101|1|19830613|20261101|+1000\napnic|CN|ipv4|192.0.2.0|256|20100101|allocated|A1\napnic|US|ipv4|198.51.100.0|256|20100101|allocated|A2\n",
      [],
    ],
    ["ranges.csv", "192.0.2.0,192.0.2.255,CN\n198.51.100.0,198.51.100.255,US\n", []],
    [
      "pyasn.dat",
      "; IP-ASN32-DAT file\n192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n",
      ["--as", "asn"],
    ],
    ["prefix2as.txt", "192.0.2.0\t24\t64496\n198.51.100.0\t24\t64497\n", []],
  ];

  it.each(tables)("takes %s", async (name, content, options) => {
    const data = copyOf(base, `location-${name}`);
    const path = write(join(folder, "tables", name), content);
    const outcome = await run(["location", "import", path, ...options, "--json", "--data", data]);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    expectToFit("location-import", outcome.stdout);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ imports: [{ name, taken: 2, refused: 0 }] });
  });

  it("keeps the table in use when the new one is none", async () => {
    const data = copyOf(base, "location-none");
    const before = (await run(["location", "show", "--data", data])).stdout;
    const path = write(join(folder, "tables", "letter.txt"), "Dear colleagues,\nno ranges here.\n");
    const outcome = await run(["location", "import", path, "--data", data]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("letter.txt");
    expect((await run(["location", "show", "--data", data])).stdout).toBe(before);
  });
});
