import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finding } from "../../../test/alert-facts.ts";
import {
  answersFor as answers,
  contact,
  from,
  institution,
} from "../../../test/directory-facts.ts";
import { policy, rules } from "../../../test/routing-facts.ts";
import { countOnly, needsEncryption, redact } from "../alert/index.ts";
import {
  type ContactKey,
  institutionKinds,
  placeholderReason,
  ResponsibleIndex,
  standingOf,
  trustTiers,
} from "../institution/index.ts";
import { tlpLevels } from "../marking/index.ts";
import { answersFor, route } from "./index.ts";

const NOW = "2013-05-31T08:00:00.000Z";
const SINCE = "2013-01-01T00:00:00.000Z";
const key: ContactKey = { type: "openpgp", fingerprint: "00", text: "armoured", expires: null };

/** Mostly the first. */
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

const oneInstitution = fc.record({
  kind: fc.constantFrom(...institutionKinds),
  country: fc.constantFrom("NO", "US", ""),
  tier: fc.constantFrom(...trustTiers),
  maxTlp: fc.constantFrom(...tlpLevels, "red", "amber"),
  optedOut: often(false, true),
  relation: often("active" as const, "silent" as const).map((state) => ({
    state,
    since: SINCE,
    reason: "",
  })),
});
const recent = { at: "2013-05-01T00:00:00.000Z", by: "ada", how: "phone" };
const oneContact = fc.record({
  address: fc.constantFrom("abuse@isp.example", "noc@isp.example", "abuse@lacnic.net"),
  role: fc.constantFrom("abuse" as const, "csirt" as const),
  status: often("official" as const, "superseded" as const),
  verified: often(recent, null, { ...recent, at: "2012-05-01T00:00:00.000Z" }),
  key: often(key, null, { ...key, expires: "2013-05-01T00:00:00.000Z" }),
});
const onePart = fc.tuple(
  fc.constantFrom(
    ["cidr", "198.51.100.0/24"] as const,
    ["cidr", "198.51.0.0/16"] as const,
    ["asn", "64500"] as const,
    ["country", "US"] as const,
    ["country", "NO"] as const,
    ["sector", "energy"] as const,
  ),
  fc.boolean(),
);
const everybody = fc.array(
  fc.tuple(
    oneInstitution,
    fc.uniqueArray(oneContact, { minLength: 1, maxLength: 3, selector: ({ address }) => address }),
    fc.array(onePart, { minLength: 1, maxLength: 3 }),
  ),
  { minLength: 2, maxLength: 6 },
);
const oneFinding = fc.record({
  side: fc.constantFrom("victim" as const, "origin" as const),
  kind: fc.constantFrom("c2-server" as const, "infected-system" as const, "web-backdoor" as const),
  country: fc.constantFrom("NO", "US"),
  sector: fc.constantFrom("", "energy"),
  tlp: fc.constantFrom(...tlpLevels, "clear", "clear", "green"),
});

describe("in any directory", () => {
  it("nobody is written to who must not be, and whoever is may be told it", () => {
    let written = 0;
    fc.assert(
      fc.property(everybody, oneFinding, (others, what) => {
        const lookup = new ResponsibleIndex({
          institutions: others.map(([given], n) => institution(`i${n}`, given)),
          contacts: others.flatMap(([, contacts], n) =>
            contacts.map(({ address, ...given }) => contact(`i${n}`, address, given)),
          ),
          responsibilities: others.flatMap(([, , parts], n) =>
            parts.map(([[kind, value], manual]) =>
              answers(`i${n}`, kind, value, from(manual ? "manual" : "rdap")),
            ),
          ),
        });
        const seen = finding(what);
        const legalHold = { countries: [], institutions: ["i0"], reason: "order" };
        const { rungs, trace } = route(seen, policy({ rules: rules({ legalHold }) }), lookup, NOW);
        for (const recipient of rungs.flatMap((rung) => rung.recipients)) {
          const who = lookup.institution(recipient.institution)!;
          expect(who.id).not.toBe("i0");
          expect([who.optedOut, who.relation.state]).toEqual([false, "active"]);
          if (seen.side === "victim") expect(who.country).toBe("NO");
          if (recipient.hold !== null) continue;
          written++;
          const to = lookup.contactsOf(who.id).find(({ id }) => id === recipient.contact)!;
          expect(standingOf(to, NOW)).toBe("usable");
          expect(placeholderReason(to.address)).toBeUndefined();
          expect(recipient.encrypted || !needsEncryption(seen.tlp)).toBe(true);
          const { withheld } = redact(seen, countOnly(seen), {
            institution: who,
            encrypted: recipient.encrypted,
            home: ["NO"],
            answersFor: (asset) => answersFor(lookup, who.id, asset),
            pseudonym: () => "",
            feedClass: () => "",
            mayNameFeed: () => false,
          });
          expect(withheld).toBeNull();
        }
        const chosen = trace.candidates.filter(({ lost }) => lost === null);
        expect(chosen.every(({ hit }) => lookup.institution(hit.institution) !== undefined)).toBe(
          true,
        );
      }),
      { numRuns: 1_500 },
    );
    expect(written).toBeGreaterThan(100);
  });
});
