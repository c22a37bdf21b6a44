import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areSameBytes, copyBytes, viewOf } from "./byte-view.ts";

const bytes = fc.uint8Array({ maxLength: 40 });

describe("bytes, four at a time", () => {
  it("are copied as they stand, and nothing beside them", () => {
    fc.assert(
      fc.property(bytes, fc.nat(8), fc.nat(8), (given, from, at) => {
        const start = Math.min(from, given.length);
        const into = new Uint8Array(at + given.length + 4).fill(7);
        copyBytes(into, at, given, start, given.length);
        const end = at + given.length - start;
        expect(into.subarray(at, end)).toEqual(given.subarray(start));
        expect([...into.subarray(0, at), ...into.subarray(end)].every((byte) => byte === 7)).toBe(
          true,
        );
      }),
    );
  });

  it("are the same only if each is", () => {
    fc.assert(
      fc.property(bytes, fc.nat(8), fc.option(fc.nat(39)), (given, at, changed) => {
        const others = new Uint8Array(at + given.length);
        others.set(given, at);
        const differs = changed !== null && changed < given.length;
        if (differs) others[at + changed]! ^= 1;
        expect(areSameBytes(others, at, given, 0, given.length)).toBe(!differs);
      }),
    );
  });

  it("have a view of their own, also after others had one", () => {
    const many = Array.from({ length: 9 }, (_, i) => Uint8Array.of(0, i).subarray(1));
    for (const one of [...many, ...many]) expect(viewOf(one).getUint8(0)).toBe(one[0]);
  });
});
