import { describe, expect, it } from "vitest";
import { finding } from "../../../test/alert-facts.ts";
import { answersFor, contact, from, institution } from "../../../test/directory-facts.ts";
import { policy, rules, send } from "../../../test/routing-facts.ts";
import {
  type Contact,
  type Institution,
  type Responsibility,
  ResponsibleIndex,
} from "../institution/index.ts";
import { type Route, type RouteLookup, route, type RoutingPolicy } from "./index.ts";

const NOW = "2013-05-31T08:00:00.000Z";
const verified = {
  status: "official",
  verified: { at: "2013-05-01T00:00:00.000Z", by: "ada", how: "signed-reply" },
} as const;

const csirt = institution("us-cert", {
  kind: "national-csirt",
  country: "US",
  tier: "T2",
  maxTlp: "amber",
});
const operator = (id: string, given: Partial<Institution> = {}) =>
  institution(id, { country: "US", tier: "T1", ...given });
const hoster = operator("hoster");
const usual = {
  institutions: [csirt, hoster],
  contacts: [
    contact("us-cert", "soc@us-cert.example", verified),
    contact("hoster", "abuse@hoster.example", verified),
  ],
  responsibilities: [
    answersFor("us-cert", "country", "US"),
    answersFor("hoster", "cidr", "198.51.100.0/24"),
  ],
};

/** The usual directory, with these facts more, and these institutions in place of the ones with their ids. */
function directory(...more: readonly (Institution | Contact | Responsibility)[]): RouteLookup {
  const institutions = new Map(usual.institutions.map((it) => [it.id, it]));
  const contacts = new Map(usual.contacts.map((it) => [it.id, it]));
  const responsibilities = [...usual.responsibilities];
  for (const fact of more)
    if ("relation" in fact) institutions.set(fact.id, fact);
    else if ("channel" in fact) contacts.set(fact.id, fact);
    else responsibilities.push(fact);
  return new ResponsibleIndex({
    institutions: [...institutions.values()],
    contacts: [...contacts.values()],
    responsibilities,
  });
}

const routed = (
  lookup: RouteLookup,
  given: Parameters<typeof finding>[0] = {},
  by: Partial<RoutingPolicy> = {},
) => route(finding(given), policy(by), lookup, NOW);

/** Who is on which rung: `["us-cert hoster", "(act-at-home)"]`. */
const ladder = ({ rungs }: Route) =>
  rungs.map(({ recipients, task }) =>
    [...recipients.map((it) => it.institution), ...(task ? [`(${task.kind})`] : [])].join(" "),
  );
const loss = ({ trace }: Route, id: string) =>
  trace.candidates.find((it) => it.institution === id)?.lost;

describe("whom a finding goes to", () => {
  it("tells the CSIRT of the country and whoever runs the network together, unless the country wants it otherwise", () => {
    const both = routed(directory());
    expect(both).toMatchObject({
      outcome: "send",
      priority: "P1",
      rule: "everything@0123456789ab",
    });
    expect(ladder(both)).toEqual(["us-cert hoster", "(act-at-home)"]);
    const by = (order: "csirt-first" | "operator-first") =>
      ladder(routed(directory(), {}, { rules: rules({ countries: { US: order } }) }));
    expect(by("csirt-first")).toEqual(["us-cert", "hoster", "(act-at-home)"]);
    expect(by("operator-first")).toEqual(["hoster", "us-cert", "(act-at-home)"]);
  });

  it("tells the CSIRT first when the matter is amber", () => {
    const key = { type: "openpgp", fingerprint: "00", text: "armoured", expires: null } as const;
    const lookup = directory(contact("us-cert", "soc@us-cert.example", { ...verified, key }));
    const amber = routed(lookup, { tlp: "amber" });
    expect(ladder(amber)).toEqual(["us-cert", "(act-at-home)"]);
    expect(amber.rungs[0]!.recipients[0]).toMatchObject({ encrypted: true, tlp: "amber" });
    expect(loss(amber, "hoster")).toBe("tlp-above");
    expect(loss(routed(directory(), { tlp: "amber" }), "us-cert")).toBe("not-encrypted");
  });

  it("keeps the most specific, all of equal length", () => {
    const lookup = directory(
      operator("lir"),
      operator("twin"),
      contact("lir", "abuse@lir.example", verified),
      contact("twin", "abuse@twin.example", verified),
      answersFor("lir", "cidr", "198.51.0.0/16"),
      answersFor("twin", "cidr", "198.51.100.0/24"),
    );
    const { rungs, trace } = routed(lookup);
    expect(rungs[0]!.recipients.map((it) => it.institution)).toEqual(["us-cert", "hoster", "twin"]);
    expect(trace.candidates.find((it) => it.institution === "lir")).toMatchObject({
      lost: "less-specific",
      detail: "beaten by hoster (cidr 198.51.100.0/24)",
    });
  });

  it("takes what a person entered before what was imported, however wide", () => {
    const lookup = directory(
      operator("scraped"),
      contact("scraped", "abuse@scraped.example", verified),
      answersFor("scraped", "cidr", "198.51.100.9/32", from("rdap")),
    );
    const outcome = routed(lookup);
    expect(ladder(outcome)[0]).toBe("us-cert hoster");
    expect(loss(outcome, "scraped")).toBe("imported-beaten-by-manual");
  });

  it("looks only where the rule says", () => {
    const by = rules({
      rules: [
        { name: "by AS", when: {}, resolve: ["manual-asn"] },
        { name: "all", when: {}, send: send() },
      ],
    });
    const outcome = routed(directory(), {}, { rules: by });
    expect(ladder(outcome)[0]).toBe("us-cert");
    expect(loss(outcome, "hoster")).toBe("not-resolved-by");
    expect(outcome.trace.rules.map(({ decides }) => decides)).toEqual([["resolve"], ["send"]]);
  });

  it("climbs to other contacts, upstream, regional body and what can be done at home", () => {
    const lookup = directory(
      contact("hoster", "noc@hoster.example", { ...verified, order: 1 }),
      contact("hoster", "+1 555 0100", { ...verified, channel: "phone", order: 2 }),
      operator("transit", { kind: "upstream", country: "DE" }),
      contact("transit", "abuse@transit.example", verified),
      answersFor("transit", "asn", "64500"),
      institution("region", { kind: "regional-csirt", country: "", tier: "T2" }),
      contact("region", "poc@region.example", verified),
      answersFor("region", "country", "US"),
    );
    const outcome = routed(lookup);
    expect(ladder(outcome)).toEqual([
      "us-cert hoster",
      "hoster (telephone)",
      "transit",
      "region",
      "(act-at-home)",
    ]);
    expect(outcome.rungs.map(({ rung }) => rung)).toEqual([1, 2, 3, 4, 5]);
    expect(outcome.rungs[1]!.recipients[0]!.contact).toContain("noc@hoster.example");
    expect(ladder(routed(lookup, { kind: "scanner" }))).not.toContain("transit");
  });
});

describe("whom it does not go to", () => {
  it("never writes to an unverified contact: it is held with a task", () => {
    const lookup = directory(contact("hoster", "abuse@hoster.example"));
    const outcome = routed(lookup, {}, { rules: rules({ order: "operator-first" }) });
    expect(outcome.outcome).toBe("held");
    expect(outcome.rungs[0]!.recipients[0]!.hold).toEqual({
      task: "verify-contact",
      reason: "hoster/abuse@hoster.example was never verified",
    });
    const lapsed = {
      ...verified,
      verified: { ...verified.verified, at: "2012-05-01T00:00:00.000Z" },
    };
    expect(
      routed(directory(contact("hoster", "abuse@hoster.example", lapsed))).rungs[0]!.recipients[1]!
        .hold?.task,
    ).toBe("reverify-contact");
  });

  it("asks for a contact where the only one is a registry's placeholder, and goes wider where it can", () => {
    const own = contact("hoster", "abuse@hoster.example", { ...verified, status: "superseded" });
    const box = contact("hoster", "abuse@lacnic.net", verified);
    const asked = routed(directory(own, box)).rungs[0]!.recipients[1]!;
    expect(asked).toMatchObject({ contact: "", hold: { task: "find-contact" } });
    const wider = routed(
      directory(
        own,
        box,
        operator("lir"),
        contact("lir", "abuse@lir.example", verified),
        answersFor("lir", "cidr", "198.51.0.0/16"),
      ),
    );
    expect(ladder(wider)[0]).toBe("us-cert lir");
    expect(loss(wider, "hoster")).toBe("placeholder");
  });

  it("respects who opted out, and does not go round by the network above", () => {
    const lookup = directory(
      { ...hoster, optedOut: true },
      operator("lir"),
      contact("lir", "abuse@lir.example", verified),
      answersFor("lir", "cidr", "198.51.0.0/16"),
    );
    const outcome = routed(lookup);
    expect(ladder(outcome)[0]).toBe("us-cert");
    expect([loss(outcome, "hoster"), loss(outcome, "lir")]).toEqual(["opted-out", "less-specific"]);
  });

  it("passes over a CSIRT that is silent or suspended, and keeps its summary", () => {
    for (const state of ["silent", "suspended"] as const) {
      const relation = { state, since: "2013-04-01T00:00:00.000Z", reason: "distrust" };
      const outcome = routed(directory({ ...csirt, relation }));
      expect(ladder(outcome)).toEqual(["hoster", "(act-at-home)"]);
      expect(outcome.summaries).toEqual(["us-cert"]);
      expect(loss(outcome, "us-cert")).toBe(`relation-${state}`);
    }
  });

  it("shows victims at home to nobody abroad, and to those at home who answer for them", () => {
    const lookup = directory(
      institution("isp", { country: "NO", tier: "T1" }),
      contact("isp", "abuse@isp.example", verified),
      answersFor("isp", "asn", "64500"),
      institution("self", { kind: "national-csirt", country: "NO", tier: "T4" }),
      answersFor("self", "country", "NO"),
    );
    const outcome = routed(lookup, { side: "victim", kind: "infected-system", country: "NO" });
    expect(ladder(outcome)).toEqual(["isp", "(act-at-home)"]);
    expect(loss(outcome, "hoster")).toBe("victim-of-another");
    expect(loss(outcome, "self")).toBe("ourselves");
  });

  it("denies own networks, what is inhibited until a date, and what a rule denies", () => {
    const inhibition = (what: string, until = "2013-06-30T00:00:00.000Z") => ({
      inhibitions: [{ id: "1", what, reason: "research", until }],
    });
    for (const [by, reason] of [
      [{ ownNetworks: ["198.51.100.0/25"] }, "it lies in our own network"],
      [inhibition("198.51.100.0/24"), /198.51.100.0\/24 is inhibited until 2013-06-30/],
      [inhibition("AS64500"), /AS64500/],
      [inhibition("threat:c2-server/zeus"), /threat/],
      [
        {
          rules: rules({ rules: [{ name: "tor", when: { asns: [64_500] }, deny: "exit nodes" }] }),
        },
        "tor: exit nodes",
      ],
    ] as const) {
      const outcome = routed(directory(), {}, by);
      expect(outcome).toMatchObject({ outcome: "denied", rungs: [] });
      expect(outcome.reason).toMatch(reason);
    }
    expect(routed(directory(), {}, inhibition("AS64500", NOW)).outcome).toBe("send");
    const one = routed(directory(), {}, inhibition("institution:hoster"));
    expect([ladder(one)[0], loss(one, "hoster")]).toEqual(["us-cert", "inhibited"]);
  });

  it("holds back whom the law says", () => {
    const legalHold = { countries: ["US"], institutions: [], reason: "sanctions" };
    const outcome = routed(directory(), {}, { rules: rules({ legalHold }) });
    expect(outcome).toMatchObject({ outcome: "nobody", reason: "all who answer for it lost" });
    expect(outcome.trace.candidates.map(({ lost }) => lost)).toEqual(["legal-hold", "legal-hold"]);
  });

  it("says so when nobody is known, and when no rule sends", () => {
    const stranger = routed(directory(), {
      address: "203.0.113.1",
      asset: "203.0.113.1",
      country: "",
    });
    expect(stranger.reason).toBe("nobody is known to answer for it");
    const silent = routed(directory(), {}, { rules: rules({ rules: [] }) });
    expect(silent).toMatchObject({ outcome: "nobody", reason: "no rule says that it is sent" });
  });
});

describe("the trace", () => {
  it("has every rule with why it did not match", () => {
    const by = rules({
      rules: [
        { name: "bots", when: { kinds: ["infected-system"] }, send: send() },
        { name: "sure", when: { minConfidence: 90 }, send: send() },
        { name: "feed", when: { feeds: ["shadowserver.*"] }, send: send() },
        { name: "zeus", when: { families: ["ZEUS"], domains: [], side: "origin" }, send: send() },
        { name: "all", when: { networks: ["198.51.100.0/24"], maxTlp: "green" }, send: send() },
        { name: "rest", when: {}, send: send(), deny: false },
      ],
    });
    expect(routed(directory(), {}, { rules: by }).trace.rules).toEqual([
      { rule: "bots", matched: false, why: "kinds: c2-server", decides: [] },
      { rule: "sure", matched: false, why: "minConfidence: 80", decides: [] },
      { rule: "feed", matched: false, why: "feeds: sinkhole", decides: [] },
      { rule: "zeus", matched: false, why: "domains: none", decides: [] },
      { rule: "all", matched: true, why: "", decides: ["send"] },
      { rule: "rest", matched: true, why: "", decides: ["deny"] },
    ]);
  });
});

describe("speed", () => {
  it("routes 10,000 findings in well under two seconds of a processor", () => {
    const facts = Array.from({ length: 5_000 }, (_, n) => {
      const id = `as-${n}`;
      return [
        operator(id),
        contact(id, `abuse@as${n}.example`, verified),
        answersFor(id, "cidr", `10.${n >> 8}.${n & 255}.0/24`),
      ];
    });
    const lookup = directory(...facts.flat());
    const findings = Array.from({ length: 10_000 }, (_, n) => {
      const address = `10.${(n % 5_000) >> 8}.${n & 255}.${n % 251}`;
      return finding({ key: String(n), asset: address, address });
    });
    const started = process.cpuUsage();
    const sent = findings.filter((it) => route(it, policy(), lookup, NOW).outcome === "send");
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000).toBeLessThan(2_000);
    expect(sent.length).toBe(10_000);
  });
});
