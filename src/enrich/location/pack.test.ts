import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AddressWords, addressFromText, packCountry } from "../../core/network/index.ts";
import { markCodes } from "../../core/observation/index.ts";
import { cidrRanges } from "./marks/special-purpose.ts";
import { openLocator } from "./locator.ts";
import { type Layers, packLocation, reach } from "./pack.ts";
import { RangeSet } from "./ranges.ts";

interface Range {
  readonly start: bigint;
  readonly end: bigint;
  readonly value: number;
}

const nothing = (): Layers => ({
  countries: [],
  asns: [],
  reserved: new RangeSet(),
  allowReserved: new RangeSet(),
  marks: [],
});

const address = (number: bigint, version: 4 | 6): AddressWords => ({
  version,
  w0: Number(number >> 96n),
  w1: Number((number >> 64n) & 0xffffffffn),
  w2: Number((number >> 32n) & 0xffffffffn),
  w3: Number(number & 0xffffffffn),
});

function rangeSet(ranges: readonly Range[], version: 4 | 6): RangeSet {
  const set = new RangeSet();
  for (const { start, end, value } of ranges)
    set.add(address(start, version), address(end, version), value);
  return set;
}

/** The narrowest range that contains the address; of equal ones the last. */
function valueAt(ranges: readonly Range[], at: bigint): number {
  let best: Range | undefined;
  for (const range of ranges) {
    if (at < range.start || at > range.end) continue;
    if (best === undefined || range.end - range.start <= best.end - best.start) best = range;
  }
  return best?.value ?? 0;
}

/** Ends that meet and nest often: few bits at the bottom, the middle and the top of the space. */
function ends(bits: 32 | 128): fc.Arbitrary<bigint> {
  const near = fc.constantFrom(0n, 1n << BigInt(bits - 1), (1n << BigInt(bits)) - 16n, 65520n);
  return fc.tuple(near, fc.bigInt({ min: 0n, max: 15n })).map(([base, offset]) => base + offset);
}

function ranges(bits: 32 | 128): fc.Arbitrary<Range[]> {
  const range = fc
    .tuple(ends(bits), ends(bits), fc.integer({ min: 0, max: 3 }))
    .map(([a, b, value]) => ({ start: a < b ? a : b, end: a < b ? b : a, value }));
  return fc.array(range, { maxLength: 12 });
}

describe.each([
  [4, 32],
  [6, 128],
] as const)("packLocation, IPv%i", (version, bits) => {
  it("answers with the narrowest range that contains the address, on every edge", () => {
    fc.assert(
      fc.property(ranges(bits), ranges(bits), ends(bits), (countries, asns, probe) => {
        const layers = {
          ...nothing(),
          countries: [rangeSet(countries, version)],
          asns: [rangeSet(asns, version)],
        };
        const locator = openLocator(packLocation(layers));
        const edges = [...countries, ...asns].flatMap(({ start, end }) => [
          start,
          end,
          start - 1n,
          end + 1n,
        ]);
        for (const at of [probe, 0n, (1n << BigInt(bits)) - 1n, ...edges]) {
          if (at < 0n || at >> BigInt(bits) !== 0n) continue;
          const { w0, w1, w2, w3 } = address(at, version);
          const place = version === 4 ? locator.place4(w3) : locator.place6(w0, w1, w2, w3);
          expect([locator.countries[place], locator.asns[place]]).toEqual([
            valueAt(countries, at),
            valueAt(asns, at),
          ]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("packLocation", () => {
  const look = (layers: Layers, text: string) => {
    const locator = openLocator(packLocation(layers));
    const { version, w0, w1, w2, w3 } = addressFromText(text)!;
    const place = version === 4 ? locator.place4(w3) : locator.place6(w0, w1, w2, w3);
    return {
      country: locator.countries[place],
      asn: locator.asns[place],
      mark: locator.marks[place],
    };
  };

  it("says nowhere, place 0, where nothing is known", () => {
    const locator = openLocator(packLocation(nothing()));
    expect(locator.place4(0xffffffff)).toBe(0);
    expect(locator.place6(0xffffffff, 0, 0, 1)).toBe(0);
    expect([locator.countries[0], locator.asns[0], locator.marks[0]]).toEqual([0, 0, 0]);
  });

  it("merges neighbours at the same place into one range", () => {
    const countries = [cidrRanges(["192.0.2.0/25", "192.0.2.128/25"], packCountry("CN"))];
    const { sections } = packLocation({ ...nothing(), countries });
    expect(sections.fourPlaces.length).toBe(3);
  });

  it("lets reserved beat every list, an earlier list beat a later one, and allowing lift reserved only", () => {
    const layers: Layers = {
      ...nothing(),
      reserved: cidrRanges(["192.0.2.0/24"], reach.reserved),
      allowReserved: cidrRanges(["192.0.2.128/25"], 1),
      marks: [
        cidrRanges(["192.0.2.0/24"], markCodes.sinkhole),
        cidrRanges(["192.0.2.129/32", "198.51.100.1"], markCodes.cdn),
      ],
    };
    expect(look(layers, "192.0.2.1").mark).toBe(markCodes.reserved);
    expect(look(layers, "192.0.2.129").mark).toBe(markCodes.sinkhole);
    expect(look(layers, "198.51.100.1").mark).toBe(markCodes.cdn);
    expect(look(layers, "198.51.100.2").mark).toBe(markCodes.none);
  });

  it("believes an earlier source wherever it says anything, however narrow a later one is", () => {
    const layers: Layers = {
      ...nothing(),
      asns: [
        cidrRanges(["2001:db8::/32"], 64496),
        cidrRanges(["2001:db8::1", "2001:db9::1"], 64497),
      ],
    };
    expect(look(layers, "2001:db8::1").asn).toBe(64496);
    expect(look(layers, "2001:db9::1").asn).toBe(64497);
  });
});
