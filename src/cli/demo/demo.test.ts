import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeCli, fill } from "../../../test/cli-surroundings.ts";
import { answers } from "../schemas/index.ts";

/** The truth of the rows below. */
const truth = {
  seed: "s",
  scale: 1000,
  format: "plain",
  home: "CN",
  period: { from: "2013-01-01", to: "2013-05-31" },
  article: { victims: 2, origins: 1, usOrigins: 1, usVictims: 2, sites: 1, usSites: 1 },
  victims: 2,
  origins: 1,
  byCountry: { US: { origins: 1, victims: 2 } },
  byMonth: ["2013-01", "2013-02", "2013-03", "2013-04", "2013-05"].map((month, at) => {
    return { month, victims: at < 2 ? 1 : 0, origins: at < 2 ? 1 : 0 };
  }),
  sites: {
    total: 1,
    us: 1,
    bySector: { government: 1 },
    byCountry: { US: 1 },
    accesses: 1,
    origins: 1,
    usOrigins: 1,
  },
  rows: {
    rows: 4,
    duplicates: 1,
    late: 7,
    edges: 8,
    events: 3,
    counted: 2,
    traps: {
      domesticOrigins: 0,
      domesticVictims: 0,
      foreignVictims: 1,
      allowlistedOriginRows: 0,
      privateVictimRows: 0,
    },
  },
};

let dir: string;
let cli: FakeCli;
let made: number;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-demo-"));
  cli = new FakeCli(dir);
  made = 0;
  const told = ["demo-csirt-us", "demo-hoster-us-0"].map(
    (id) => [id, new Set(["198.51.100.1"])] as const,
  );
  cli.rehearsal = { ...cli.rehearsal, alerts: 2, institutions: 2, told: new Map(told) };
  const folder = join(dir, "demo-1000-s");
  const row = { victim: "192.0.2.1", origin: "198.51.100.1" };
  await fill(cli.store(join(folder, "replay")), "days", [
    { ...row, day: "2013-01-02" },
    { ...row, day: "2013-01-02" },
    { ...row, day: "2013-02-02", victim: "192.0.2.2" },
    { ...row, day: "2013-02-02", victim: "203.0.113.9" },
  ]);
  await fill(cli.store(join(folder, "replay")), "site-accesses", [
    { day: "2013-03-02", host: "a.gov.cn", origin: "198.51.100.2", kind: "web-backdoor" },
  ]);
  await fill(cli.store(join(folder, "threatfox")), "threatfox", [
    { day: "2013-03-02", origin: "198.51.100.2", kind: "c2-server" },
    { day: "2013-04-02", origin: "203.0.113.2", kind: "c2-server" },
  ]);
  cli.makeReplay = (out) => {
    made++;
    mkdirSync(out, { recursive: true });
    for (const name of ["geo.csv", "sites.csv"]) writeFileSync(join(out, name), "");
    writeFileSync(join(out, "truth.json"), JSON.stringify(truth));
    return truth;
  };
});
afterEach(() => rmSync(dir, { recursive: true }));

const demo = (...argv: string[]) => cli.run("demo", "--scale", "1000", "--seed", "s", ...argv);

describe("tocsin demo", () => {
  it("compares every number with the truth, and counts the real feed", async () => {
    const run = await demo("--json");
    expect(run.code).toBe(0);
    const { replay, threatfox } = answers.demo.parse(run.json());
    expect(replay.differences).toEqual([]);
    expect(replay).toMatchObject({ equal: true, truth });
    expect(replay.alerts.byCountry).toEqual([{ country: "US", csirt: 1, hosters: 1, known: 1 }]);
    expect(threatfox).toMatchObject({ rows: 2, unitedStates: { origins: 1, share: 0.5, rank: 1 } });
  });

  it("prints the statement in both languages beside the truth", async () => {
    const { out } = await demo();
    expect(out).toContain("2 computers in China were controlled or affected by 1 threat");
    expect(out).toContain("中国境内2台主机受到境外1个IP地址的威胁控制或影响");
    expect(out).toMatch(/Computers controlled or affected +counted 2; known 2/);
    expect(out).toMatch(/All \d+ numbers are equal to the truth\./);
    expect(out).toContain("The United States: 1 of 2 addresses abroad (50.0%), rank 1.");
    expect(out).toContain("What next?");
  });

  it("uses the files of a run before, unless it is to make them anew", async () => {
    await demo();
    expect((await demo()).out).toContain("was made before");
    expect(made).toBe(1);
    await demo("--fresh");
    expect(made).toBe(2);
  });

  it("ends with 1 and names the number where count and truth differ", async () => {
    const make = cli.makeReplay;
    cli.makeReplay = (out) => ({ ...make(out), victims: 3 });
    const run = await demo();
    expect(run.code).toBe(1);
    expect(run.out).toContain("victims: counted 2; known 3");
  });

  it("ends with 1 where not everybody was told who should have been", async () => {
    cli.rehearsal = { ...cli.rehearsal, told: new Map() };
    const run = await demo();
    expect(run.code).toBe(1);
    expect(run.out).toContain("What was told differs from the truth.");
  });

  it.each([
    ["--scale", "0"],
    ["--seed", "../x"],
    ["--home", "XX"],
  ])("refuses %s %s", async (...argv) => {
    expect((await cli.run("demo", ...argv)).code).toBe(2);
  });
});
