import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromText, addressText, ipv6Text } from "./index.ts";

describe("addressFromText", () => {
  it("reads IPv4 and writes it back", () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const address = addressFromText(text)!;
        expect(address.version).toBe(4);
        expect(addressText(address)).toBe(text);
      }),
    );
  });

  it("agrees with the platform on what is an IPv6 address", () => {
    const near = fc.string({ unit: fc.constantFrom(..."0123456789abcdefF:.:"), maxLength: 42 });
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), near), (text) => {
        expect(addressFromText(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads what it writes, for every IPv6 address", () => {
    const word = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffffffff }));
    fc.assert(
      fc.property(word, word, word, word, (w0, w1, w2, w3) => {
        fc.pre(!(w0 === 0 && w1 === 0 && w2 === 0xffff));
        expect(addressFromText(ipv6Text(w0, w1, w2, w3))).toEqual({ version: 6, w0, w1, w2, w3 });
      }),
    );
  });

  it("takes an IPv4-mapped IPv6 address for the IPv4 address", () => {
    expect(addressText(addressFromText("::ffff:192.0.2.1")!)).toBe("192.0.2.1");
    expect(addressText(addressFromText("::FFFF:c000:0201")!)).toBe("192.0.2.1");
  });

  it("refuses octal look-alikes and zone ids", () => {
    for (const text of ["010.0.0.1", "192.0.2.1 ", "fe80::1%eth0", "1.2.3", "", "192.0.2.256"])
      expect(addressFromText(text)).toBeUndefined();
  });
});
