import fc from "fast-check";
import { expect, it } from "vitest";
import { BitSet } from "./bit-set.ts";

it("a bit set counts its distinct members", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99)), (members) => {
      const bits = new BitSet(100);
      for (const member of members) bits.add(member);
      expect(bits.count()).toBe(new Set(members).size);
    }),
  );
});
