import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { observe } from "../shared/testing/observe.ts";
import { type CsvMapping, makeGenericCsv } from "./index.ts";

const firewall: CsvMapping = {
  name: "firewall",
  delimiter: ";",
  header: true,
  columns: { time: "when", victim: "inside", origin: "OUTSIDE", originPort: "port", kind: "what" },
  kind: { bot: "infected-system", scan: "scanner" },
  tlp: "green",
  timeZone: "+08:00",
};
const bare: CsvMapping = {
  ...firewall,
  name: "bare",
  delimiter: "\t",
  header: ["day", "who", "name", "kind"],
  columns: { time: "day", victim: "who", victimHost: "name", kind: "kind" },
  kind: "infected-system",
  timeZone: "-03:30",
};
const sample = (text: string): { name: string; head: Uint8Array } => ({
  name: "x",
  head: Buffer.from(text),
});

describe("generic CSV", () => {
  it.each(readFixtures(import.meta.url))("reads $file as the configuration maps it", (fixture) => {
    expect(outcomeOf(makeGenericCsv(firewall), fixture)).toEqual(fixture.expected);
  });

  it("takes only a file whose header has all mapped columns", () => {
    const format = makeGenericCsv(firewall);
    expect(format.recognise(sample("When;Inside;Outside;Port;What\n"))).toBeDefined();
    expect(format.recognise(sample("When;Inside;Outside;Port\n"))).toBeUndefined();
    expect(format.recognise(sample("When,Inside,Outside,Port,What\n"))).toBeUndefined();
  });

  it("knows a file without header by the time and the number of its cells", () => {
    const format = makeGenericCsv(bare);
    const text =
      "2013-05-31\t192.0.2.1\t\tscanner\n2013-05-31 22:00:00\t192.0.2.2\twww.example.org\t\n";
    expect(format.recognise(sample("day\twho\n"))).toBeUndefined();
    expect(format.recognise(sample("a\tb\tc\td\n"))).toBeUndefined();
    expect(observe(format, "x", Buffer.from(text)).rows).toEqual([
      expect.objectContaining({ line: 1, kind: "scanner", seenAt: "2013-05-31T03:30:00.000Z" }),
      expect.objectContaining({
        line: 2,
        kind: "infected-system",
        seenAt: "2013-06-01T01:30:00.000Z",
      }),
    ]);
  });

  it("gives a changed mapping another version", () => {
    const version = (mapping: CsvMapping): string =>
      makeGenericCsv(mapping).recognise(sample("When;Inside;Outside;Port;What\n"))!.mapping;
    expect(version(firewall)).not.toBe(version({ ...firewall, tlp: "red" }));
    expect(version(firewall)).toBe(version({ ...firewall }));
  });
});

describe("generic CSV beyond columns by name", () => {
  const read = (mapping: CsvMapping, text: string) =>
    observe(makeGenericCsv(mapping), "x", Buffer.from(text));

  it("reads epoch times with a mapping that says nothing of them", () => {
    const text = "When;Inside;Outside;Port;What\n1495782036;192.0.2.1;198.51.100.1;80;bot\n";
    expect(read(firewall, text).rows).toEqual([
      expect.objectContaining({ seenAt: "2017-05-26T07:00:36.000Z", victim: "192.0.2.1" }),
    ]);
  });

  it("takes columns by number, comments, days before months and words that say nothing", () => {
    const mapping: CsvMapping = {
      name: "numbers",
      delimiter: "|",
      header: false,
      columns: { time: 1, originIndicator: 2, kind: 3, originCountry: 4 },
      kind: { scan: "scanner", "*": "other" },
      tlp: "green",
      timeZone: "+00:00",
      dates: "day-first",
      skipLines: 1,
      comments: ["#"],
      nothing: ["unknown"],
    };
    const text =
      "a title | of no use\n# made 2024\n03/04/2013 10:00|198.51.100.7:8080|scan|unknown\n" +
      "04/04/2013 | http://bad.example/x | odd | no\nnever|198.51.100.8|scan|NO\n";
    const { rows, refusals, reading } = read(mapping, text);
    expect(rows).toEqual([
      {
        line: 3,
        kind: "scanner",
        seenAt: "2013-04-03T10:00:00.000Z",
        origin: "198.51.100.7",
        originPort: 8080,
        count: 1,
        tlp: "green",
        extra: { column_3: "scan" },
      },
      {
        line: 4,
        kind: "other",
        seenAt: "2013-04-04T00:00:00.000Z",
        originHost: "bad.example",
        url: "http://bad.example/x",
        count: 1,
        tlp: "green",
        extra: { column_3: "odd", column_4: "NO" },
      },
    ]);
    expect(refusals).toEqual([{ line: 5, reason: "time-invalid" }]);
    expect(makeGenericCsv(mapping).reported?.(reading)).toEqual({ originCountry: "column_4" });
  });

  it("takes the header from a comment, the time from another, and several observations from one cell", () => {
    const mapping: CsvMapping = {
      ...firewall,
      name: "commented",
      delimiter: ",",
      header: "comment",
      columns: { victim: "ClientIP", origin: "servers", victimAsn: "AS" },
      kind: "infected-system",
      comments: ["#", ";"],
      each: { column: "servers", separator: " " },
    };
    const text =
      "# generated: 2024-05-06 07:08:09\n; ClientIP,AS,servers\n192.0.2.1,AS64496,198.51.100.1 198.51.100.2\n";
    const { rows } = read(mapping, text);
    expect(rows.map((row) => [row["seenAt"], row["origin"], row["extra"]])).toEqual([
      ["2024-05-06T07:08:09.000Z", "198.51.100.1", { AS: "64496" }],
      ["2024-05-06T07:08:09.000Z", "198.51.100.2", { AS: "64496" }],
    ]);
  });
});
