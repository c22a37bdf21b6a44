import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answersFor, from, institution } from "../../../test/directory-facts.ts";
import { addressFromText, ipv4Text } from "../network/index.ts";
import { prefixText, readPrefix, ResponsibleIndex } from "./index.ts";

const nobody = { asn: 0, country: "", sector: "" };

type Fact = Parameters<typeof answersFor>;

/** An index in which the institutions answer for what stands beside them. */
function indexOf(...facts: Fact[]): ResponsibleIndex {
  return new ResponsibleIndex({
    institutions: [...new Set(facts.map(([of]) => of))].map((of) => institution(of)),
    contacts: [],
    responsibilities: facts.map((fact) => answersFor(...fact)),
  });
}

const who = (index: ResponsibleIndex, subject: object) =>
  index
    .responsible({ ...nobody, ...subject })
    .map(({ institution: of, value }) => `${of} ${value}`);

describe("ResponsibleIndex", () => {
  it("finds the narrowest network first, and those around it", () => {
    const index = indexOf(
      ["lir", "cidr", "198.51.0.0/16"],
      ["customer", "cidr", "198.51.100.0/25"],
      ["other", "cidr", "198.51.100.128/25"],
      ["six", "cidr", "2001:db8::/32"],
    );
    expect(who(index, { address: "198.51.100.9" })).toEqual([
      "customer 198.51.100.0/25",
      "lir 198.51.0.0/16",
    ]);
    expect(who(index, { address: "198.51.101.9" })).toEqual(["lir 198.51.0.0/16"]);
    expect(who(index, { address: "2001:db8:1::9" })).toEqual(["six 2001:db8::/32"]);
    expect(who(index, { address: "::ffff:198.51.100.200" })[0]).toBe("other 198.51.100.128/25");
    expect(who(index, { address: "203.0.113.1" })).toEqual([]);
    expect(who(index, { address: "nonsense" })).toEqual([]);
  });

  it("does not take the whole of IPv6 for a network of IPv4", () => {
    expect(who(indexOf(["six", "cidr", "::/0"]), { address: "198.51.100.9" })).toEqual([]);
  });

  it("finds a domain by every suffix at a dot, the longest first", () => {
    const index = indexOf(
      ["registry", "domain", "example"],
      ["company", "domain", "corp.example"],
      ["shop", "domain", "shop.corp.example"],
    );
    expect(who(index, { host: "WWW.shop.corp.example." })).toEqual([
      "shop shop.corp.example",
      "company corp.example",
      "registry example",
    ]);
    expect(who(index, { host: "notcorp.example" })).toEqual(["registry example"]);
  });

  it("puts what a person entered before what was imported, and the whole country last", () => {
    const rdap = from("rdap");
    const index = indexOf(
      ["csirt", "country", "NO"],
      ["energy", "sector", "energy"],
      ["by-rdap", "cidr", "198.51.100.0/24", rdap],
      ["by-hand", "asn", "64500"],
      ["zone", "domain", "corp.example", rdap],
    );
    const subject = { address: "198.51.100.1", host: "corp.example", asn: 64_500 };
    expect(
      index
        .responsible({ ...subject, sector: "energy", country: "NO" })
        .map(({ institution: of, kind, length, manual, source }) => [
          of,
          kind,
          length,
          manual,
          source,
        ]),
    ).toEqual([
      ["by-hand", "asn", 0, true, "manual"],
      ["zone", "domain", 2, false, "rdap"],
      ["by-rdap", "cidr", 24, false, "rdap"],
      ["energy", "sector", 0, true, "manual"],
      ["csirt", "country", 0, true, "manual"],
    ]);
  });

  it("gives all of equal length, and nobody whom it does not know", () => {
    const index = new ResponsibleIndex({
      institutions: [institution("a"), institution("b")],
      contacts: [],
      responsibilities: ["b", "a", "gone"].map((of) => answersFor(of, "cidr", "192.0.2.0/24")),
    });
    expect(who(index, { address: "192.0.2.1" })).toEqual(["a 192.0.2.0/24", "b 192.0.2.0/24"]);
    expect(index.institution("a")?.id).toBe("a");
    expect(index.institution("gone")).toBeUndefined();
  });

  it("finds the networks that a look at every one of them finds", () => {
    const network = fc
      .tuple(fc.integer({ min: 0xc0000000, max: 0xc00000ff }), fc.integer({ min: 20, max: 32 }))
      .map(([address, length]) => prefixText(readPrefix(`${ipv4Text(address)}/${length}`)!));
    const address = fc.integer({ min: 0xbfffff00, max: 0xc00001ff }).map(ipv4Text);
    fc.assert(
      fc.property(fc.uniqueArray(network, { maxLength: 40 }), address, (networks, wanted) => {
        const index = indexOf(...networks.map((it): Fact => ["a", "cidr", it]));
        const found = index.responsible({ ...nobody, address: wanted }).map(({ value }) => value);
        const plain = networks.filter((text) => {
          const { address: start, length } = readPrefix(text)!;
          const distance = addressFromText(wanted)!.w3 - start.w3;
          return distance >= 0 && distance < 2 ** (32 - length);
        });
        const byLength = (text: string) => Number(text.split("/")[1]);
        expect(found).toEqual(plain.sort((left, right) => byLength(right) - byLength(left)));
      }),
    );
  });

  it("answers 100,000 questions of 50,000 responsibilities in seconds, on a busy machine too", () => {
    const facts = Array.from({ length: 50_000 }, (_, at) => {
      const of = `i${at % 5_000}`;
      const address = ipv4Text((at * 85_899) >>> 0);
      if (at % 5 === 0) return answersFor(of, "domain", `d${at}.example`);
      if (at % 5 === 1) return answersFor(of, "asn", String(at));
      return answersFor(of, "cidr", prefixText(readPrefix(`${address}/${16 + (at % 9)}`)!));
    });
    const institutions = Array.from({ length: 5_000 }, (_, at) => institution(`i${at}`));
    const index = new ResponsibleIndex({ institutions, contacts: [], responsibilities: facts });
    const begun = process.cpuUsage();
    let hits = 0;
    for (let at = 0; at < 100_000; at++) {
      const address = ipv4Text((at * 42_949) >>> 0);
      const host = `www.d${at}.example`;
      hits += index.responsible({ ...nobody, address, host, asn: at }).length;
    }
    expect(hits).toBeGreaterThan(30_000);
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(4_000);
  });
});
