import { describe, expect, it } from "vitest";
import { ADDRESS_SPACE, locationTable } from "./address-space.ts";
import { AddressWalk } from "./address-walk.ts";
import { seededStreams } from "./random.ts";

describe("AddressWalk", () => {
  it("visits every address of a country once before it repeats one", () => {
    const { start, size } = ADDRESS_SPACE.get("US")!;
    const walk = new AddressWalk("US", "o-US", seededStreams("any"));
    const seen = new Set(Array.from({ length: size }, () => walk.next()));
    expect(seen.size).toBe(size);
    expect([...seen].every((address) => address >= start && address < start + size)).toBe(true);
  });

  it("is the same walk for the same country, purpose and seed", () => {
    const walk = (): number[] => {
      const addresses = new AddressWalk("CN", "victims", seededStreams("any"));
      return Array.from({ length: 5 }, () => addresses.next());
    };
    expect(walk()).toEqual(walk());
  });
});

describe("locationTable", () => {
  it("is ascending, without overlap, and inside class E", () => {
    let free = 0xf000_0000;
    for (const row of locationTable().trimEnd().split("\n")) {
      const [first, last] = row.split(",").map(Number);
      expect(first).toBeGreaterThanOrEqual(free);
      expect(last).toBeGreaterThan(first!);
      free = last! + 1;
    }
    expect(free).toBeLessThanOrEqual(0xffff_ffff);
  });
});
