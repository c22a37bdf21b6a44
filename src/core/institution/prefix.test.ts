import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromText, ipv4Text, ipv6Text } from "../network/index.ts";
import { canonicalValue, prefixesOfRange, prefixText, readPrefix, slug } from "./index.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });

describe("readPrefix", () => {
  it.each([
    ["192.0.2.7/24", "192.0.2.0/24"],
    ["192.0.2.7", "192.0.2.7/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8:0:1::9/48", "2001:db8::/48"],
    ["2001:db8::1", "2001:db8::1/128"],
    ["::ffff:192.0.2.7/120", "192.0.2.0/24"],
  ])("reads %s as %s", (text, form) => {
    expect(prefixText(readPrefix(text)!)).toBe(form);
  });

  it.each(["192.0.2.0/33", "192.0.2/24", "::/129", "::ffff:192.0.2.0/24", "a", "1.2.3.4/5/6", ""])(
    "refuses %s",
    (text) => expect(readPrefix(text)).toBeUndefined(),
  );

  it("gives a form that reads as itself", () => {
    fc.assert(
      fc.property(
        word,
        word,
        word,
        word,
        fc.integer({ min: 0, max: 128 }),
        (a, b, c, d, length) => {
          const texts = [`${ipv6Text(a, b, c, d)}/${length}`, `${ipv4Text(a)}/${length % 33}`];
          for (const text of texts) {
            const prefix = readPrefix(text);
            if (prefix === undefined) continue;
            expect(readPrefix(prefixText(prefix))).toEqual(prefix);
          }
        },
      ),
    );
  });
});

describe("prefixesOfRange", () => {
  const ofRange = (first: string, last: string) =>
    prefixesOfRange(addressFromText(first)!, addressFromText(last)!).map(prefixText);

  it("gives the fewest networks of a range, and none of what is no range", () => {
    expect(ofRange("192.0.2.0", "192.0.2.255")).toEqual(["192.0.2.0/24"]);
    expect(ofRange("192.0.2.1", "192.0.2.6")).toEqual([
      "192.0.2.1/32",
      "192.0.2.2/31",
      "192.0.2.4/31",
      "192.0.2.6/32",
    ]);
    expect(ofRange("0.0.0.0", "255.255.255.255")).toEqual(["0.0.0.0/0"]);
    expect(ofRange("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")).toEqual([
      "2001:db8::/32",
    ]);
    expect(ofRange("192.0.2.9", "192.0.2.8")).toEqual([]);
    expect(ofRange("192.0.2.9", "2001:db8::")).toEqual([]);
  });

  it("covers every address of the range once and none besides", () => {
    const near = fc.tuple(word, fc.integer({ min: 0, max: 300 }));
    fc.assert(
      fc.property(near, ([first, more]) => {
        const last = Math.min(first + more, 0xffffffff);
        let next = first;
        for (const { address, length } of ofWords(first, last)) {
          expect(address.w3).toBe(next);
          next += 2 ** (32 - length);
        }
        expect(next).toBe(last + 1);
      }),
    );
    function ofWords(first: number, last: number) {
      return prefixesOfRange(addressFromText(ipv4Text(first))!, addressFromText(ipv4Text(last))!);
    }
  });
});

describe("canonicalValue", () => {
  it.each([
    ["domain", "*.Example.COM.", "example.com"],
    ["domain", "xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["cidr", "198.51.100.9/25", "198.51.100.0/25"],
    ["asn", "AS64500", "64500"],
    ["asn", "064500", "64500"],
    ["country", "no", "NO"],
    ["sector", "Government", "government"],
  ] as const)("has one form of a %s: %s is %s", (kind, text, form) => {
    expect(canonicalValue(kind, text)).toBe(form);
    expect(canonicalValue(kind, form)).toBe(form);
  });

  it.each([
    ["domain", "bücher.example"],
    ["domain", "192.0.2.1"],
    ["domain", "a..b"],
    ["asn", "AS0"],
    ["asn", "4294967296"],
    ["country", "NOR"],
    ["sector", "a b"],
    ["sector", "x\r\nBcc: a"],
    ["domain", "a.example\r\nb"],
  ] as const)("refuses the %s %j", (kind, text) => {
    expect(canonicalValue(kind, text)).toBeUndefined();
  });

  it("makes ids of names in any script, or nothing", () => {
    expect(slug("Équipe d'Intervention, Ørsted  (CSIRT)")).toBe(
      "equipe-d-intervention-rsted-csirt",
    );
    expect(slug("国家互联网应急中心")).toBe("");
  });
});
