import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fill, FakeCli } from "../../../test/cli-surroundings.ts";
import { answersFor, contact, institution } from "../../../test/directory-facts.ts";
import { shippedData } from "../../enrich/shared/package-root.ts";
import { answers } from "../schemas/index.ts";

const shipped = readFileSync(shippedData("rules/default.yaml"), "utf8");
const verified = {
  status: "official",
  verified: { at: "2013-05-01T00:00:00.000Z", by: "ada", how: "signed-reply" },
} as const;

let dir: string;
let cli: FakeCli;
let mine: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-routing-"));
  cli = new FakeCli(dir);
  mine = join(dir, "mine.yaml");
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  writeFileSync(mine, shipped);
  const facts = [
    institution("us-cert", { kind: "national-csirt", country: "US", tier: "T2", maxTlp: "amber" }),
    institution("hoster", { country: "US", tier: "T1" }),
    institution("lir", { country: "US", tier: "T1" }),
  ].map((after) => ({ of: "institution", before: null, after }) as const);
  const contacts = [
    contact("us-cert", "soc@us-cert.example", verified),
    contact("hoster", "abuse@hoster.example"),
  ].map((after) => ({ of: "contact", before: null, after }) as const);
  const parts = [
    answersFor("us-cert", "country", "US"),
    answersFor("hoster", "cidr", "198.51.100.0/24"),
    answersFor("lir", "cidr", "198.51.0.0/16"),
  ].map((after) => ({ of: "responsibility", before: null, after }) as const);
  await cli.cases.write((session) => session.changeDirectory([...facts, ...contacts, ...parts]));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("tocsin route", () => {
  it("answers as its schema says: who is told on which rung, by which rule, and who lost", async () => {
    const run = await cli.run("route", "198.51.100.1", "--family", "zeus", "--json");
    expect(run.code).toBe(0);
    const answer = answers.route.parse(run.json());
    expect(answer).toMatchObject({
      side: "origin",
      country: "US",
      priority: "P1",
      outcome: "send",
    });
    expect(answer.rule).toMatch(/^c2-servers@[0-9a-f]{12}$/);
    expect(answer.rungs[0]!.recipients.map((it) => [it.institution, it.hold?.task])).toEqual([
      ["us-cert", undefined],
      ["hoster", "verify-contact"],
    ]);
    expect(answer.trace.candidates.find((it) => it.institution === "lir")?.lost).toBe(
      "less-specific",
    );
  });

  it("prints it for people, in English and Chinese", async () => {
    const { out } = await cli.run("route", "198.51.100.1");
    expect(out).toContain("198.51.100.1 (United States, AS64497)");
    expect(out).toMatch(/1\s+us-cert\s+us-cert\/soc@us-cert.example \(mail\)\s+country US/);
    expect(out).toContain("verify the contact: hoster/abuse@hoster.example was never verified");
    expect(out).toMatch(/trials\s+kinds: c2-server/);
    expect(out).toMatch(/lir\s+cidr 198.51.0.0\/16\s+another answers for it more closely: beaten/);
    expect((await cli.run("route", "198.51.100.1", "--lang", "zh")).out).toContain(
      "另有更直接的负责机构",
    );
  });

  it("takes a host, and refuses what is neither, or of no kind", async () => {
    const run = await cli.run("route", "WWW.example.gov.cn.", "--kind", "web-backdoor", "--json");
    expect(answers.route.parse(run.json())).toMatchObject({
      asset: "www.example.gov.cn",
      outcome: "nobody",
    });
    expect((await cli.run("route", "not an address")).code).toBe(2);
    expect((await cli.run("route", "192.0.2.1", "--kind", "dragon")).code).toBe(2);
  });
});

describe("tocsin rules", () => {
  it("checks a file, and names all its mistakes", async () => {
    const good = await cli.run("rules", "check", mine, "--json");
    expect(answers["rules-check"].parse(good.json()).rules).toContain("c2-servers");
    writeFileSync(mine, "order: up\nrules:\n  - { name: a }\n");
    const bad = await cli.run("rules", "check", mine);
    expect(bad.code).toBe(1);
    expect(bad.err).toContain("line 1: order: must be one of");
    expect(bad.err).toContain("line 3: rules[0]: decides nothing");
  });

  it("says what would have been sent, and puts rules in force only after that", async () => {
    await fill(cli.store(), "sinkhole", [
      { day: "2013-05-20", victim: "192.0.2.1", origin: "198.51.100.1", kind: "c2-server" },
      { day: "2013-05-21", victim: "192.0.2.2", origin: "198.51.100.2", kind: "c2-server" },
      { day: "2013-01-01", victim: "192.0.2.3", origin: "198.51.100.3", kind: "c2-server" },
    ]);
    const tried = await cli.run("rules", "dry-run", mine, "--since", "30d", "--json");
    const report = answers["rules-dry-run"].parse(tried.json());
    expect(report.byInstitution).toEqual([
      { institution: "us-cert", country: "US", alerts: 1, findings: 2 },
    ]);
    expect(report.held).toEqual([{ institution: "hoster", task: "verify-contact", alerts: 1 }]);
    expect((await cli.run("rules", "dry-run", report.version.slice(0, 6))).out).toContain(
      "Would have sent 1 alert to 1 institution.",
    );
    const list = answers["rules-list"].parse((await cli.run("rules", "list", "--json")).json());
    expect(list.versions).toMatchObject([{ version: report.version, activatedAt: null }]);
    const active = await cli.run("rules", "activate", report.version, "--json");
    expect(answers["rules-activate"].parse(active.json()).activatedAt).not.toBeNull();
    const shown = await cli.run("rules", "show", "--json");
    expect(answers["rules-show"].parse(shown.json())).toMatchObject({ text: shipped });
  });

  it("refuses to put in force what was not tried, or is not there", async () => {
    const { version } = answers["rules-check"].parse(
      (await cli.run("rules", "check", mine, "--json")).json(),
    );
    expect((await cli.run("rules", "activate", version)).err).toContain("there are no rules");
    expect((await cli.run("rules", "dry-run", "nothing.yaml")).err).toContain("and no version");
    expect((await cli.run("rules", "dry-run", mine, "--since", "soon")).code).toBe(2);
    await cli.cases.write((session) =>
      session.putRules({
        version,
        text: shipped,
        savedAt: "2013-06-01T00:00:00.000Z",
        triedAt: null,
        activatedAt: null,
      }),
    );
    expect((await cli.run("rules", "activate", version)).err).toContain("never tried dry");
  });

  it("shows those that ship where none is saved", async () => {
    const { out, err } = await cli.run("rules", "show");
    expect(out).toBe(shipped);
    expect(err).toContain("No rules are in force");
    expect((await cli.run("rules", "list")).out).toContain("nobody is alerted");
    await cli.run("rules", "dry-run");
    expect((await cli.run("rules", "list")).out).toMatch(/^ {2}[0-9a-f]{12} /m);
  });
});

describe("tocsin inhibit", () => {
  it("adds, lists and removes, and routing respects it", async () => {
    const args = ["--until", "30d", "--reason", "a lab of ours", "--json"];
    const added = await cli.run("inhibit", "add", "198.51.100.9/24", ...args);
    const { id, what, until } = answers["inhibit-add"].parse(added.json());
    expect([what, until]).toEqual(["198.51.100.0/24", "2013-07-03T08:00:00.000Z"]);
    const list = await cli.run("inhibit", "list", "--json");
    expect(answers["inhibit-list"].parse(list.json()).inhibitions).toHaveLength(1);
    const route = await cli.run("route", "198.51.100.1", "--json");
    expect(answers.route.parse(route.json())).toMatchObject({ outcome: "denied" });
    expect((await cli.run("inhibit", "list")).out).toContain("a lab of ours");
    expect((await cli.run("inhibit", "remove", id)).out).toContain("is inhibited no more");
    expect((await cli.run("inhibit", "remove", id)).err).toContain("no inhibition N-");
    expect((await cli.run("inhibit", "list")).out).toContain("Nothing is inhibited.");
  });
});
