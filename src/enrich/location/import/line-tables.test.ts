import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipv4Text, ipv6Text, unpackCountry } from "../../../core/network/index.ts";
import type { RangeList } from "../ranges.ts";
import { csvRanges } from "./csv-ranges.ts";
import { Imported, type ReadTableLine } from "./imported.ts";
import { prefixAsn } from "./prefix-asn.ts";
import { rirDelegated } from "./rir-delegated.ts";

/** What the lines were taken for, and the ranges `start-end value` that came of them. */
function read(make: (into: Imported) => ReadTableLine, text: string) {
  const into = new Imported();
  const readLine = make(into);
  const verdicts = text.split("\n").map((line) => {
    const bytes = Buffer.from(`x${line}y`);
    return readLine(bytes, 1, bytes.length - 1);
  });
  const country = (value: number): string => unpackCountry(value) || "-";
  const countries = [...list(into.countries.v4, country), ...list(into.countries.v6, country)];
  const asns = [...list(into.asns.v4, String), ...list(into.asns.v6, String)];
  return { verdicts, countries, asns, date: into.date };
}

function list(ranges: RangeList, show: (value: number) => string): string[] {
  const text = (columns: readonly Uint32Array[], i: number): string =>
    columns.length === 1
      ? ipv4Text(columns[0]![i]!)
      : ipv6Text(columns[0]![i]!, columns[1]![i]!, columns[2]![i]!, columns[3]![i]!);
  return Array.from(
    { length: ranges.count },
    (_, i) => `${text(ranges.starts, i)}-${text(ranges.ends, i)} ${show(ranges.values[i]!)}`,
  );
}

describe("csvRanges", () => {
  it("takes addresses, numbers and CIDRs, with country, AS number or both", () => {
    const { countries, asns, verdicts } = read(
      csvRanges,
      [
        "192.0.2.0,192.0.2.255,CN",
        '3325256704,3325256959,us,64496,"Example, Inc."',
        "203.0.113.0/24,AS64497",
        "2001:db8::/33,uk",
        "42540766411282592856903984951653826560,42540766411282592875350729025363378175,FR",
        "192.0.2.7,192.0.2.7,-,64498",
      ].join("\n"),
    );
    expect(verdicts).toEqual(Array(6).fill("taken"));
    expect(countries).toEqual([
      "192.0.2.0-192.0.2.255 CN",
      "198.51.100.0-198.51.100.255 US",
      "192.0.2.7-192.0.2.7 -",
      "2001:db8::-2001:db8:7fff:ffff:ffff:ffff:ffff:ffff GB",
      "2001:db8::-2001:db8::ffff:ffff:ffff:ffff FR",
    ]);
    expect(asns).toEqual([
      "198.51.100.0-198.51.100.255 64496",
      "203.0.113.0-203.0.113.255 64497",
      "192.0.2.7-192.0.2.7 64498",
    ]);
  });

  it("follows a header, whatever the order of its columns", () => {
    const { countries, asns, verdicts } = read(
      csvRanges,
      'network,country,country_code,asn\n192.0.2.0/24,China,CN,AS64496\n198.51.100.0/24,,,""',
    );
    expect(verdicts).toEqual(["skipped", "taken", "taken"]);
    expect(countries).toEqual(["192.0.2.0-192.0.2.255 CN", "198.51.100.0-198.51.100.255 -"]);
    expect(asns).toEqual(["192.0.2.0-192.0.2.255 64496"]);
  });

  it("refuses a bad line and takes those after it", () => {
    const { verdicts, countries } = read(
      csvRanges,
      [
        "192.0.2.0,192.0.2.9,CN",
        "192.0.2.256,192.0.2.9,CN",
        "192.0.2.9,192.0.2.0,CN",
        "192.0.2.0,192.0.2.9,China",
        "192.0.2.0/24,CN,64496x",
        "192.0.2.0/33,CN",
        "192.0.2.0,2001:db8::,CN",
        "192.0.2.0",
        "# a comment",
        "",
        "198.51.100.0/24,US",
      ].join("\n"),
    );
    expect(verdicts).toEqual([
      "taken",
      "not-a-range",
      "range-backwards",
      "country-malformed",
      "taken",
      "not-a-range",
      "not-a-range",
      "not-a-range",
      "skipped",
      "skipped",
      "taken",
    ]);
    expect(countries.at(-1)).toBe("198.51.100.0-198.51.100.255 US");
  });

  it("never throws, whatever the bytes", () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("192.0.2.0/24", "1", "CN", "", "64496", '"', "2001:db8::1", "9".repeat(40)),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), (cells) => {
        for (const make of [csvRanges, prefixAsn, rirDelegated])
          for (const separator of [",", "\t", "|"]) read(make, cells.join(separator));
      }),
      { numRuns: 500 },
    );
  });
});

describe("prefixAsn", () => {
  it("takes pyasn and prefix2as lines, and of several origins the first", () => {
    const { verdicts, asns } = read(
      prefixAsn,
      [
        "; IP-ASN32-DAT file",
        "192.0.2.0/24\t64496",
        "198.51.100.0\t25\t64497_64498,64499",
        "bad line",
        "192.0.2.0/24\tAS",
        "2001:db8::\t32\t{64500,64501}",
      ].join("\n"),
    );
    expect(verdicts).toEqual([
      "skipped",
      "taken",
      "taken",
      "columns-missing",
      "asn-malformed",
      "taken",
    ]);
    expect(asns).toEqual([
      "192.0.2.0-192.0.2.255 64496",
      "198.51.100.0-198.51.100.127 64497",
      "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff 64500",
    ]);
  });
});

describe("rirDelegated", () => {
  const file = [
    "2|example|20140630|4|19830705|20140629|+0200",
    "example|*|ipv4|*|2|summary",
    "example|CN|ipv4|192.0.2.0|192|20130531|allocated|opaque",
    "example|CN|ipv4|192.0.2.0|many|20130531|allocated",
    "example|US|ipv4|198.51.100.0|256|20130601|assigned",
    "example||ipv4|203.0.113.0|256||available|",
    "example|AP|ipv6|2001:db8::|32|20110101|allocated",
    "example|CN|asn|64496|1|20110101|allocated",
    "example|CN|ipv4|255.255.255.0|512|20110101|allocated",
  ].join("\n");

  it("takes what is allocated or assigned, also where its size is no power of two", () => {
    const { verdicts, countries, date } = read(rirDelegated, file);
    expect(date).toBe("2014-06-29");
    expect(verdicts).toEqual([
      "skipped",
      "skipped",
      "taken",
      "not-a-range",
      "taken",
      "skipped",
      "taken",
      "skipped",
      "not-a-range",
    ]);
    expect(countries).toEqual([
      "192.0.2.0-192.0.2.191 CN",
      "198.51.100.0-198.51.100.255 US",
      "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff -",
    ]);
  });

  it("takes only what was so by the end of a day", () => {
    const { countries } = read((into) => rirDelegated(into, "20130531"), file);
    expect(countries).toHaveLength(2);
  });
});
