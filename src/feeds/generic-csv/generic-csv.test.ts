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
