import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unpackCountry } from "../../../core/network/index.ts";
import type { RangeSet } from "../ranges.ts";
import { Imported } from "./imported.ts";
import { readMmdb } from "./mmdb.ts";

type Value = string | number | { readonly [key: string]: Value };

const DATA = -1;

/** The data section's form of a value (MaxMind DB file format 2.0): text, unsigned number, map. */
function encode(value: Value): Buffer {
  if (typeof value === "string")
    return Buffer.concat([control(2, value.length), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  const pairs = Object.entries(value);
  return Buffer.concat([control(7, pairs.length), ...pairs.flat().map((part) => encode(part))]);
}

/** Type and size; sizes from 29 to 284 take one more byte. */
function control(type: number, size: number): Buffer {
  return size < 29 ? Buffer.of((type << 5) | size) : Buffer.of((type << 5) | 29, size - 29);
}

/** One node of the tree; 28-bit records put their top four bits into the byte between them. */
function node(left: number, right: number, recordSize: 24 | 28 | 32): Buffer {
  const digits = recordSize === 32 ? 8 : 6;
  const hex = (record: number): string => record.toString(16).padStart(8, "0").slice(-digits);
  const middle =
    recordSize === 28 ? `${(left >>> 24).toString(16)}${(right >>> 24).toString(16)}` : "";
  return Buffer.from(hex(left) + middle + hex(right), "hex");
}

/** A small table: networks as bits of the address, each with a record. */
function makeMmdb(
  ipVersion: 4 | 6,
  networks: Readonly<Record<string, Value>>,
  { alias, recordSize = 24 }: { alias?: string; recordSize?: 24 | 28 | 32 } = {},
): Buffer {
  const nodes: [number, number][] = [[0, 0]];
  const records: Buffer[] = [];
  const place = (bits: string, target: number): void => {
    let node = 0;
    for (const [depth, bit] of [...bits].entries()) {
      const side = bit === "1" ? 1 : 0;
      if (depth === bits.length - 1) nodes[node]![side] = target;
      else if (nodes[node]![side] <= 0) nodes[node]![side] = nodes.push([0, 0]) - 1;
      node = nodes[node]![side];
    }
  };
  for (const [bits, record] of Object.entries(networks)) {
    place(bits, DATA - records.length);
    records.push(encode(record));
  }
  if (alias !== undefined) {
    let root = 0;
    for (let depth = 0; depth < 96; depth++) root = nodes[root]![0];
    place(alias, root);
  }
  const offsets = records.map((_, i) => Buffer.concat(records.slice(0, i)).length);
  const pointer = (to: number): number => {
    if (to > 0) return to;
    return to === 0 ? nodes.length : nodes.length + 16 + offsets[DATA - to]!;
  };
  const tree = nodes.map(([left, right]) => node(pointer(left), pointer(right), recordSize));
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: Date.UTC(2013, 4, 31) / 1000,
    database_type: "Example",
    ip_version: ipVersion,
    node_count: nodes.length,
    record_size: recordSize,
  };
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([...tree, Buffer.alloc(16), ...records, marker, encode(metadata)]);
}

const bits = (hex: string, length: number): string =>
  [...hex]
    .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0"))
    .join("")
    .slice(0, length);

const flat = (set: RangeSet): string[] =>
  [set.v4, set.v6].flatMap((list) =>
    Array.from({ length: list.count }, (_, i) => {
      const hex = (columns: readonly Uint32Array[]): string =>
        columns.map((column) => column[i]!.toString(16).padStart(8, "0")).join("");
      return `${hex(list.starts)}-${hex(list.ends)} ${list.values[i]}`;
    }),
  );

describe("readMmdb", () => {
  it.each([24, 28, 32] as const)(
    "walks an IPv4 tree of %i bits a record; the place counts, not the registration",
    (recordSize) => {
      const into = new Imported();
      const counts = readMmdb(
        makeMmdb(
          4,
          {
            [bits("c0000200", 24)]: {
              country: { iso_code: "CN" },
              registered_country: { iso_code: "US" },
            },
            [bits("c6336400", 25)]: { country_code: "US" },
            [bits("cb007100", 24)]: { continent: { code: "AS" } },
          },
          { recordSize },
        ),
        into,
      );
      expect(counts).toEqual({ networks: 3, silent: 1 });
      expect(into.date).toBe("2013-05-31");
      expect(flat(into.countries).map((line) => line.split(" ")[0])).toEqual([
        "c0000200-c00002ff",
        "c6336400-c633647f",
      ]);
      expect([...into.countries.v4.values.subarray(0, 2)].map(unpackCountry)).toEqual(["CN", "US"]);
    },
  );

  it("walks both versions of an IPv6 tree once, AS numbers in either form, without the copies of IPv4", () => {
    const into = new Imported();
    const mapped = bits("00000000000000000000ffff", 96);
    readMmdb(
      makeMmdb(
        6,
        {
          [bits("000000000000000000000000c0000200", 120)]: { autonomous_system_number: 64496 },
          [bits("20010db8", 32)]: { asn: "AS64497" },
        },
        { alias: mapped },
      ),
      into,
    );
    expect(flat(into.asns)).toEqual([
      "c0000200-c00002ff 64496",
      "20010db8000000000000000000000000-20010db8ffffffffffffffffffffffff 64497",
    ]);
  });

  it("ends on any damage", () => {
    const good = makeMmdb(4, { [bits("c0000200", 24)]: { country: { iso_code: "CN" } } });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Buffer.from(good);
        bad[at]! ^= change;
        try {
          readMmdb(bad, new Imported());
        } catch (fault) {
          expect(fault).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 300 },
    );
  });
});
