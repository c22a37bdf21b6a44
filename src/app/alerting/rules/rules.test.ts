import { beforeEach, describe, expect, it } from "vitest";
import { finding } from "../../../../test/alert-facts.ts";
import { answersFor, contact, institution } from "../../../../test/directory-facts.ts";
import { parseRules } from "../../../config/index.ts";
import type { Finding } from "../../../core/finding/index.ts";
import { openMemoryCases } from "../../../store/cases-in-memory/index.ts";
import type { CaseStore } from "../../case-ports.ts";
import {
  activateRules,
  addInhibition,
  dryRun,
  listInhibitions,
  listRules,
  removeInhibition,
  routeAsset,
  saveRules,
  showRules,
  type Trial,
} from "../index.ts";

const NOW = "2013-06-01T08:00:00.000Z";
const doing = { actor: "li", at: NOW };
const everything = "rules: [{ name: all, send: { digestMinutes: 60 } }]\n";
const nothing = "rules: [{ name: none, deny: we are closed }]\n";
const place = {
  home: ["NO"],
  ownNetworks: ["203.0.113.0/24"],
  readRules: parseRules,
  shippedRules: everything,
};
const verified = {
  status: "official",
  verified: { at: "2013-05-01T00:00:00.000Z", by: "ada", how: "signed-reply" },
} as const;

let cases: CaseStore;
beforeEach(async () => {
  cases = openMemoryCases();
  await cases.write((session) =>
    session.changeDirectory([
      ...[
        institution("us-cert", { kind: "national-csirt", country: "US", tier: "T2" }),
        institution("hoster", { country: "US", tier: "T1" }),
        institution("shy", { country: "US", tier: "T1", optedOut: true }),
      ].map((after) => ({ of: "institution", before: null, after }) as const),
      ...[
        contact("us-cert", "soc@us-cert.example", verified),
        contact("hoster", "abuse@hoster.example"),
      ].map((after) => ({ of: "contact", before: null, after }) as const),
      ...[
        answersFor("us-cert", "country", "US"),
        answersFor("hoster", "cidr", "198.51.100.0/25"),
        answersFor("shy", "cidr", "198.51.100.128/25"),
      ].map((after) => ({ of: "responsibility", before: null, after }) as const),
    ]),
  );
});

/** A page of findings, one an address. */
async function* findings(...addresses: string[]): AsyncGenerator<Finding[]> {
  yield addresses.map((address) => finding({ key: address, asset: address, address }));
}

const trial = (text: string, ...addresses: string[]): Trial => ({
  rules: parseRules(text, "test"),
  since: "2013-05-02T08:00:00.000Z",
  findingsSince: () => findings(...addresses),
  place,
});

describe("versions of the rules", () => {
  it("are saved once a text, with a line in the audit log, and not if they have a mistake", async () => {
    const first = await saveRules(cases, everything, "a.yaml", parseRules, doing);
    const again = await saveRules(cases, everything, "b.yaml", parseRules, doing);
    expect(again).toEqual(first);
    await expect(saveRules(cases, "rules: []", "c.yaml", parseRules, doing)).rejects.toMatchObject({
      code: "rules-invalid",
    });
    expect(await listRules(cases)).toEqual([first]);
    const trail = await cases.read((session) => session.auditTrail({ limit: 10 }));
    expect(trail.map(({ action }) => action)).toEqual(["rules.saved"]);
  });

  it("are in force only after a dry run, one at a time", async () => {
    const { version } = await saveRules(cases, everything, "a.yaml", parseRules, doing);
    await expect(activateRules(cases, version, doing)).rejects.toMatchObject({
      code: "rules-not-tried",
    });
    await dryRun(cases, trial(everything), doing);
    expect(await activateRules(cases, version.slice(0, 5), doing)).toMatchObject({
      activatedAt: NOW,
    });
    const other = await saveRules(cases, nothing, "b.yaml", parseRules, doing);
    await dryRun(cases, trial(nothing), doing);
    await activateRules(cases, other.version, doing);
    expect(await showRules(cases, undefined)).toMatchObject({ version: other.version });
    expect(await showRules(cases, version)).toMatchObject({ text: everything, activatedAt: null });
    await expect(showRules(cases, "ffff")).rejects.toMatchObject({ code: "rules-unknown" });
    const trail = await cases.read((session) => session.auditTrail({ limit: 10 }));
    expect(trail.map(({ action }) => action)).toEqual([
      "rules.saved",
      "rules.tried",
      "rules.activated",
      "rules.saved",
      "rules.tried",
      "rules.activated",
    ]);
  });
});

describe("a dry run", () => {
  it("says what would have been sent to whom, held, denied and passed over", async () => {
    const report = await dryRun(
      cases,
      trial(everything, "198.51.100.1", "198.51.100.2", "198.51.100.200", "203.0.113.9"),
      doing,
    );
    expect(report).toMatchObject({
      findings: 4,
      alerts: 1,
      institutions: 1,
      byInstitution: [{ institution: "us-cert", country: "US", alerts: 1, findings: 3 }],
      byRule: [{ alerts: 1, findings: 3 }],
      byPriority: { P1: 1, P2: 0, P3: 0, P4: 0 },
      held: [{ institution: "hoster", task: "verify-contact", alerts: 1 }],
      denied: [{ reason: "it lies in our own network", findings: 1 }],
      passedOver: [{ reason: "opted-out", times: 1 }],
      aboveCaps: { perRecipientPerDay: 0, perRun: 0 },
    });
  });

  it("counts one thread for each institution, side and threat, and those above the caps", async () => {
    const families = Array.from({ length: 9 }, (_, n) => finding({ key: `${n}`, family: `f${n}` }));
    const report = await dryRun(
      cases,
      {
        ...trial(`caps: { perRecipientPerDay: 5, perRun: 7 }\n${everything}`),
        findingsSince: async function* () {
          yield families;
          yield families;
        },
      },
      doing,
    );
    expect(report).toMatchObject({
      findings: 18,
      alerts: 9,
      aboveCaps: { perRecipientPerDay: 4, perRun: 2 },
    });
  });
});

describe("inhibitions", () => {
  const wish = (what: string, until = "2013-07-01T00:00:00.000Z") => ({
    what,
    reason: "lab",
    until,
  });

  it("are kept in one form, hold until their date, and can be ended before", async () => {
    const forms = {
      "198.51.100.7/24": "198.51.100.0/24",
      "2001:db8::1": "2001:db8::1/128",
      as64500: "AS64500",
      "*.Example.COM.": "example.com",
      "institution:hoster": "institution:hoster",
      "threat:c2-server/zeus": "threat:c2-server/zeus",
    };
    for (const [given, kept] of Object.entries(forms))
      expect(await addInhibition(cases, wish(given), doing)).toMatchObject({ what: kept });
    expect(await listInhibitions(cases, NOW)).toHaveLength(6);
    expect(await listInhibitions(cases, "2013-07-01T00:00:00.000Z")).toEqual([]);
    await removeInhibition(cases, "N-000001", doing);
    expect(await listInhibitions(cases, NOW)).toHaveLength(5);
    await expect(removeInhibition(cases, "N-000001", doing)).rejects.toMatchObject({
      code: "inhibition-unknown",
    });
  });

  it("are refused without a reason, for the past, and for what is nothing", async () => {
    for (const bad of [
      { ...wish("AS1"), reason: " " },
      wish("AS1", NOW),
      wish("AS0"),
      wish("threat:dragons"),
      wish("everything"),
      wish(""),
    ])
      await expect(addInhibition(cases, bad, doing)).rejects.toMatchObject({ code: "usage" });
    await expect(addInhibition(cases, wish("institution:x"), doing)).rejects.toMatchObject({
      code: "institution-unknown",
    });
  });
});

describe("routeAsset", () => {
  const asset = {
    address: "198.51.100.1",
    host: "",
    kind: "c2-server",
    family: "zeus",
    country: "US",
    asn: 64_500,
    sector: "",
  } as const;

  it("routes by the rules in force, and by those that ship while none are", async () => {
    const before = await routeAsset(cases, asset, place, NOW);
    expect(before.finding.side).toBe("origin");
    expect(before.inForce).toBe(false);
    expect(before.route).toMatchObject({ outcome: "send" });
    await saveRules(cases, nothing, "b.yaml", parseRules, doing);
    await dryRun(cases, trial(nothing), doing);
    await activateRules(cases, parseRules(nothing, "").version, doing);
    const after = await routeAsset(cases, asset, place, NOW);
    expect(after.route).toMatchObject({ outcome: "denied", reason: "none: we are closed" });
  });
});
