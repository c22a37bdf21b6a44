import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finding } from "../../../test/alert-facts.ts";
import { type TrustTier, trustTiers } from "../institution/index.ts";
import { type Tlp, tlpCode, tlpLevels } from "../marking/index.ts";
import {
  type Counterparts,
  needsEncryption,
  type Recipient,
  redact,
  type RedactedItem,
  tlpCeiling,
} from "./index.ts";

const HOME_ADDRESS = "203.0.113.77";
const OTHER_ADDRESS = "203.0.113.88";
const counterparts: Counterparts = {
  count: 9,
  bySector: { government: 2, academic: 1 },
  known: [
    { address: HOME_ADDRESS, host: "", asn: 64_501, sector: "government" },
    { address: OTHER_ADDRESS, host: "www.victim.example", asn: 64_502, sector: "academic" },
  ],
};

/** Everything about a victim at home that must not be read abroad. */
const secrets = [HOME_ADDRESS, OTHER_ADDRESS, "victim.example"];

function recipient(tier: TrustTier, given: Partial<Recipient> = {}): Recipient {
  return {
    institution: { country: "US", tier, maxTlp: "red" },
    encrypted: true,
    home: ["NO"],
    answersFor: () => false,
    pseudonym: (victim) => `v-${victim.length}`,
    feedClass: () => "sinkhole",
    mayNameFeed: (feed) => feed === "open-feed",
    ...given,
  };
}

const atHome = (tier: TrustTier, answers = true): Recipient =>
  recipient(tier, {
    institution: { country: "NO", tier, maxTlp: "red" },
    answersFor: ({ address }) => answers && address === HOME_ADDRESS,
  });

const origin = finding({
  tlp: "clear",
  url: "http://user:pw@198.51.100.9:8080/gate.php?id=9f3c@mail.example",
  feeds: ["open-feed", "secret-feed"],
});
const victim = finding({
  tlp: "clear",
  side: "victim",
  kind: "infected-system",
  asset: HOME_ADDRESS,
  address: HOME_ADDRESS,
  country: "NO",
});

/** What each tier sees of an origin, field by field: ALERTING 6.5. */
const SEEN: Readonly<Record<TrustTier, Pick<RedactedItem, "url" | "victims" | "feeds">>> = {
  T0: {
    url: "http://198.51.100.9:8080/gate.php",
    victims: { say: "count", count: 9 },
    feeds: [],
  },
  T1: {
    url: "http://198.51.100.9:8080/gate.php",
    victims: { say: "count", count: 9 },
    feeds: [],
  },
  T2: {
    url: "http://198.51.100.9:8080/gate.php",
    victims: { say: "by-sector", count: 9, bySector: { government: 2, academic: 1 } },
    feeds: ["sinkhole"],
  },
  T3: {
    url: "http://198.51.100.9:8080/gate.php",
    victims: { say: "pseudonyms", count: 9, pseudonyms: ["v-12", "v-18"] },
    feeds: ["open-feed", "sinkhole"],
  },
  T4: {
    url: "http://198.51.100.9:8080/gate.php",
    victims: { say: "own", count: 9, own: [] },
    feeds: ["sinkhole"],
  },
};

describe("redact", () => {
  it.each(trustTiers)(
    "lets %s see of an origin what its line of the table says, field by field",
    (tier) => {
      const { key: _, counterparts: __, sector: ___, ...common } = origin;
      const { item } = redact(origin, counterparts, recipient(tier));
      expect(item).toEqual({ ...common, offenders: [], ...SEEN[tier] });
    },
  );

  it("shows no institution abroad the address of a victim at home, whatever is in the finding", () => {
    const tier = fc.constantFrom(...trustTiers);
    const side = fc.constantFrom("victim", "origin");
    fc.assert(
      fc.property(tier, side, fc.boolean(), fc.boolean(), (of, which, encrypted, answers) => {
        const shown = which === "victim" ? victim : { ...origin, url: "" };
        const { item } = redact(
          shown,
          counterparts,
          recipient(of, { encrypted, answersFor: () => answers }),
        );
        const text = JSON.stringify(item);
        for (const secret of secrets) expect(text).not.toContain(secret);
        if (which === "victim") expect(item).toBeNull();
      }),
    );
  });

  it("cuts from a URL what names a victim, and leaves it out if that does not help", () => {
    const on = (url: string) => redact({ ...origin, url }, counterparts, recipient("T3")).item?.url;
    expect(on(`http://198.51.100.9/gate?ip=${HOME_ADDRESS}`)).toBe("http://198.51.100.9/gate");
    expect(on("http://198.51.100.9/gate#www.Victim.example")).toBe("http://198.51.100.9/gate");
    expect(on("http://198.51.100.9/192.0.2.7/x")).toBe("");
  });

  it("leaves out a URL that lies on somebody else's host", () => {
    const on = (url: string) => redact({ ...origin, url }, counterparts, atHome("T4")).item?.url;
    expect(on("http://www.victim.example/shell.php")).toBe("");
    expect(on("http://198.51.100.9@www.victim.example/")).toBe("");
    expect(on("not a url")).toBe("");
    expect(on("https://198.51.100.9/x")).toBe("https://198.51.100.9/x");
  });

  it.each(trustTiers)(
    "shows an institution of tier %s at home its own, and nobody else's",
    (tier) => {
      const own = redact(victim, counterparts, atHome(tier));
      expect(own.item).toMatchObject({ asset: HOME_ADDRESS, victims: null });
      expect(redact(victim, counterparts, atHome(tier, false))).toEqual({
        item: null,
        withheld: "victim-of-another",
      });
      if (tier === "T4")
        expect(redact(origin, counterparts, atHome(tier)).item?.victims).toEqual({
          say: "own",
          count: 9,
          own: [counterparts.known[0]],
        });
    },
  );

  it("sends nothing above the lower of source, institution and tier, and nothing from amber on unencrypted", () => {
    const tlp = fc.constantFrom<Tlp>(...tlpLevels);
    fc.assert(
      fc.property(
        fc.constantFrom(...trustTiers),
        tlp,
        tlp,
        fc.boolean(),
        (tier, marking, maxTlp, encrypted) => {
          const institution = { country: "US", tier, maxTlp };
          const { item, withheld } = redact(
            { ...origin, tlp: marking },
            counterparts,
            recipient(tier, { institution, encrypted }),
          );
          const allowed =
            tlpCode(marking) <= tlpCode(tlpCeiling(institution)!) &&
            (encrypted || !needsEncryption(marking));
          expect(item !== null).toBe(allowed);
          expect(withheld === null).toBe(allowed);
          if (item) expect(item.tlp).toBe(marking);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(trustTiers.map((tier) => tlpCeiling({ tier, maxTlp: "red" }))).toEqual([
      "clear",
      "green",
      "amber",
      "amber+strict",
      "amber+strict",
    ]);
  });

  it("fails closed: an unknown tier or marking shows nothing, an unknown field stays in", () => {
    const odd = (tier: string, tlp: string) =>
      redact({ ...origin, tlp: tlp as Tlp }, counterparts, recipient(tier as TrustTier));
    expect(odd("T5", "clear")).toEqual({ item: null, withheld: "tier-unknown" });
    expect(odd("__proto__", "clear").item).toBeNull();
    expect(odd("toString", "clear").item).toBeNull();
    expect(odd("T2", "orange")).toEqual({ item: null, withheld: "marking-unknown" });
    const more = { ...origin, analyst: "ada", reporter: HOME_ADDRESS };
    for (const tier of trustTiers) {
      const { item } = redact(more, counterparts, recipient(tier));
      expect(item).not.toHaveProperty("analyst");
      expect(item).not.toHaveProperty("key");
      expect(JSON.stringify(item)).not.toContain(HOME_ADDRESS);
    }
  });
});
