import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../test/shared-data.ts";
import { type CsvMapping, feedFormats, recogniseFormat } from "./index.ts";
import { observe } from "./shared/testing/observe.ts";

const greedy: CsvMapping = {
  name: "greedy",
  delimiter: ",",
  header: true,
  columns: { time: "timestamp", victim: ["src_ip", "victim_ip"] },
  kind: "infected-system",
  tlp: "amber",
  timeZone: "+00:00",
};
const formats = feedFormats([greedy]);
const sample = (path: string) => ({
  name: path.split("/").at(-1)!,
  head: readFileSync(new URL(path, import.meta.url)),
});
const sinkhole = sample("shadowserver/fixtures/sinkhole-short.csv");

describe("recogniseFormat", () => {
  it.each([
    ["replay", "days", "replay/fixtures/2013-01-01.csv"],
    ["replay", "site-accesses", "replay/fixtures/site-accesses.csv"],
    ["threatfox", "threatfox", "threatfox/fixtures/threatfox-first-seen.csv"],
    ["c2-tracker", "c2-tracker", "c2-tracker/fixtures/c2-tracker-sightings.csv"],
    ["shadowserver", "event4_sinkhole", "shadowserver/fixtures/sinkhole-short.csv"],
  ])(
    "takes %s (%s) for what it is, though an operator's mapping fits too",
    (format, type, path) => {
      expect(recogniseFormat(formats, sample(path))?.reading).toMatchObject({ format, type });
    },
  );

  it("takes the wanted format, or none", () => {
    expect(recogniseFormat(formats, sinkhole, "replay")).toBeUndefined();
    expect(recogniseFormat(formats, sinkhole, "nonsense")).toBeUndefined();
    expect(recogniseFormat(formats, sinkhole, "shadowserver")?.format.name).toBe("shadowserver");
  });

  it("gives every format a name of its own and a title", () => {
    expect(new Set(formats.map((format) => format.name)).size).toBe(formats.length);
    for (const { title } of formats) expect(title).not.toBe("");
  });

  it.each(["", "no header", "a,b\n1,2\n", "\u0000\u0001"])("does not take %j", (text) => {
    expect(recogniseFormat(formats, { name: "x.csv", head: Buffer.from(text) })).toBeUndefined();
  });
});

const here = new URL("./", import.meta.url);
const fixtures = readdirSync(here, { recursive: true, encoding: "utf8" }).filter(
  (file) => /\/fixtures\/[^/]+$/.test(file) && !file.endsWith(".expected.json"),
);

it.each(fixtures)(
  "%s is the same with a byte order mark, and with ends of lines as Windows has them",
  (file) => {
    const name = file.split("/").at(-1)!;
    const read = (bytes: Uint8Array): unknown => {
      const found = recogniseFormat(formats, { name, head: bytes.subarray(0, 65_536) });
      if (!found) return undefined;
      const { rows, refusals, skips } = observe(found.format, name, bytes);
      const { format, type } = found.reading;
      const seen = rows.map((row) => ({ ...row, line: 0, extra: {} }));
      return { format, type, seen, reasons: refusals.map(({ reason }) => reason), skips };
    };
    const plain = readFileSync(new URL(file, here));
    const expected = read(plain);
    expect(read(Buffer.concat([Buffer.from("\ufeff"), plain]))).toEqual(expected);
    const lines = plain.toString("latin1").replaceAll(/\r?\n/g, "\r\n");
    expect(read(Buffer.from(lines, "latin1"))).toEqual(expected);
  },
);

it("gives a file that the operator has mapped to his mapping, before what takes it by little", () => {
  const own = {
    name: "own",
    delimiter: ",",
    header: true,
    columns: { time: "timestamp", origin: "ip" },
    kind: "scanner",
    tlp: "clear",
    timeZone: "+00:00",
  } as const;
  const head = Buffer.from(
    "timestamp,ip,tag,asn,geo,region,city\n2014-03-24 04:16:38,192.0.2.1,chargen,64496,NO,Oslo,Oslo\n",
  );
  const taken = (mappings: Parameters<typeof feedFormats>[0], wanted?: string) =>
    recogniseFormat(feedFormats(mappings), { name: "download.csv", head }, wanted)?.reading;
  expect(taken([own])).toMatchObject({ format: "own" });
  expect(taken([])).toMatchObject({ format: "shadowserver", type: "scan_chargen" });
  expect(taken([own], "shadowserver")).toMatchObject({ type: "scan_chargen" });
});

const threatfox = sharedData("threatfox-first-seen.csv.gz");

describe.skipIf(!threatfox)("the real ThreatFox history", () => {
  it("is read but for the row whose address is 0.0.0.0", () => {
    const history = gunzipSync(readFileSync(threatfox!));
    const file = history.subarray(0, history.indexOf(10, 200_000) + 1);
    const { format } = recogniseFormat(formats, {
      name: "threatfox.csv",
      head: file.subarray(0, 65_536),
    })!;
    const { lines, refusals } = observe(format, "threatfox.csv", file);
    expect(lines).toBeGreaterThan(2000);
    expect(refusals).toEqual([{ line: 3, reason: "address-invalid" }]);
  });
});
