import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { answersFor, contact, from, institution } from "../../../test/directory-facts.ts";
import { answers } from "../schemas/index.ts";

let dir: string;
let cli: FakeCli;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-institution-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
  cli.env = { USER: "li" };
});
afterEach(() => rmSync(dir, { recursive: true }));

const run = (...argv: string[]) => cli.run("institution", ...argv);
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const CSV = `institution,name,kind,country,address,answers_for
north,North Networks,operator,NO,abuse@north.example,AS64500 198.51.100.0/24
x,,,,bad,
south,South Networks,operator,SE,abuse@ripe.net,south.example
`;

describe("tocsin institution import", () => {
  it("shows what would change, and changes nothing until it is told to", async () => {
    const path = file("contacts.csv", CSV);
    const dry = await run("import", "csv", path, "--dry-run", "--json");
    const shown = answers["institution-import"].parse(dry.json());
    expect(dry.code).toBe(3);
    expect(shown).toMatchObject({ applied: false, added: 7, changed: 0, removed: 0 });
    expect(shown.refused).toMatchObject([{ line: 3 }]);
    expect((await run("list")).out).toContain("No institution is known");
    const undecided = await run("import", "csv", path);
    expect(undecided.code).toBe(2);
    expect(undecided.err).toContain("--yes");
    expect((await run("import", "csv", path, "--json")).code).toBe(2);
    expect((await run("import", "csv", path, "--yes")).out).toMatch(
      /7 new, 0 changed, 0 gone[\s\S]*Done/,
    );
    expect((await run("import", "csv", path, "--yes")).out).toContain("Nothing would change.");
  });

  it("shows each member that changes, and what has gone", async () => {
    await run("import", "csv", file("contacts.csv", CSV), "--yes");
    const later = CSV.replace("North Networks", "Northern").replace("abuse@north", "soc@north");
    const { out } = await run("import", "csv", file("contacts.csv", later), "--dry-run");
    expect(out).toMatch(/changed\s+north\s+name: North Networks > Northern/);
    expect(out).toMatch(/new\s+north\/soc@north.example/);
    expect(out).toMatch(/changed\s+north\/abuse@north.example\s+status: unverified > superseded/);
  });

  it("takes the list of national CSIRTs that ships, all unverified", async () => {
    expect((await run("import", "csirt-list", "--yes")).code).toBe(0);
    const listed = await run("list", "--country", "us", "--kind", "national-csirt", "--json");
    const { institutions } = answers["institution-list"].parse(listed.json());
    expect(institutions.map(({ id }) => id)).toContain("national-csirt-us");
    expect(institutions.every(({ usable }) => usable === 0)).toBe(true);
    expect((await run("list", "--usable")).out).toContain("No institution is so.");
  });

  it("takes only the countries that are asked for, as a source of their own", async () => {
    await run("import", "csirt-list", "--countries", "no,SE", "--yes");
    const { institutions } = answers["institution-list"].parse(
      (await run("list", "--json")).json(),
    );
    expect(new Set(institutions.map(({ country }) => country))).toEqual(new Set(["NO", "SE"]));
    expect(institutions[0]?.provenance.source).toBe("csirt-list:no+se");
  });

  it.each([
    [["import", "nonsense", "x"], 1, "known: csv"],
    [["import", "csv"], 2, "name a file"],
    [["import", "csv", "a", "b"], 2, "one file at a time"],
    [["import", "csv", "absent.csv", "--yes"], 1, "cannot be read"],
    [["import", "csv", "absent.csv", "--countries", "XXX"], 2, "two letters"],
  ])("says what is wrong with %j", async (argv, code, says) => {
    const { code: got, err } = await run(...argv);
    expect([got, err]).toEqual([code, expect.stringContaining(says)]);
  });
});

describe("tocsin institution add, edit, show, verify and remove", () => {
  const options = [
    ["--name", "North"],
    ["--kind", "operator"],
    ["--country", "no"],
    ["--contact", "abuse@north.example"],
    ["--contact", "+47 22 00 00 00"],
    ["--answers-for", "AS64500"],
    ["--answers-for", "198.51.100.0/24"],
  ].flat();
  const add = (...more: string[]) => run("add", "north", ...options, "--json", ...more);

  it("keeps what a person enters", async () => {
    const added = answers["institution-add"].parse((await add()).json());
    expect(added).toMatchObject({ country: "NO", provenance: { manual: true } });
    expect(added.contacts.map(({ id, standing }) => [id, standing])).toEqual([
      ["north/abuse@north.example", "unverified"],
      ["north/phone:+4722000000", "unverified"],
    ]);
    const relation = ["--relation", "silent", "--reason", "no answers"];
    const edited = await run("edit", "north", ...relation, "--tier", "T1", "--json");
    expect(answers["institution-edit"].parse(edited.json())).toMatchObject({
      tier: "T1",
      relation: { state: "silent", reason: "no answers" },
      name: "North",
    });
    const { out } = await run("show", "north");
    expect(out).toMatch(/relation: silent since 2013-06-03: no answers/);
    expect(out).toMatch(/north\/abuse@north.example\s+abuse\s+unverified\s+-\s+by hand/);
    expect(out).toMatch(/asn\s+64500\s+by hand/);
    expect((await run("show", "north", "--lang", "zh")).out).toContain("未核实");
  });

  it("records a verification, which lapses after 180 days", async () => {
    await add();
    const verify = ["verify", "abuse@north.example", "--by", "Li Wei", "--how", "signed reply"];
    expect((await run(...verify)).out).toContain("may be written to until 2013-11-30");
    const again = answers["institution-verify"].parse((await run(...verify, "--json")).json());
    expect(again).toMatchObject({
      standing: "usable",
      verified: { by: "Li Wei", how: "signed reply" },
    });
    expect((await run("show", "north")).out).toContain("2013-06-03 by Li Wei: signed reply");
    cli.now = "2014-01-01T00:00:00Z";
    expect((await run("show", "north")).out).toContain("verification lapsed");
    const trail = await cli.cases.read((session) => session.auditTrail({ limit: 100 }));
    expect(new Set(trail.map(({ actor }) => actor))).toEqual(new Set(["li"]));
  });

  it("takes a key with its fingerprint, and none that is not one", async () => {
    const key = file("key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n...\n");
    const fingerprint = "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567";
    const added = await add("--fingerprint", fingerprint, "--key-file", key);
    expect(answers["institution-add"].parse(added.json()).contacts[0]?.key).toMatchObject({
      type: "openpgp",
      fingerprint: fingerprint.replaceAll(" ", ""),
    });
    const edit = ["edit", "north", "--contact", "abuse@north.example", "--key-file"];
    expect((await run(...edit, key)).code).toBe(2);
    expect((await run(...edit, file("x", "no key"), "--fingerprint", fingerprint)).code).toBe(2);
  });

  it("takes hours in a time zone, and an end", async () => {
    const zone = ["--hours", "08:00-16:00 Sun-Thu", "--time-zone", "Asia/Riyadh"];
    const added = await add(...zone, "--expires", "2013-12-31");
    expect(answers["institution-add"].parse(added.json()).contacts[0]).toMatchObject({
      hours: { timeZone: "Asia/Riyadh", weekdays: [1, 2, 3, 4, 7], from: "08:00", until: "16:00" },
      expires: "2013-12-31T00:00:00.000Z",
    });
    const edit = ["edit", "north", "--contact", "abuse@north.example"];
    expect((await run(...edit, "--hours", "sometimes")).code).toBe(2);
    expect((await run(...edit, "--expires", "someday")).code).toBe(2);
    const round = await run(...edit, "--hours", "24/7", "--json");
    expect(answers["institution-edit"].parse(round.json()).contacts[0]?.hours).toBeNull();
  });

  it("removes when it is told to, and not otherwise", async () => {
    await add();
    expect((await run("remove", "north")).code).toBe(2);
    const removed = await run("remove", "north", "--yes", "--json");
    expect(answers["institution-remove"].parse(removed.json())).toEqual({ removed: "north" });
    expect((await run("show", "north")).code).toBe(1);
  });

  it.each([
    [["add", "North Pole"], "id"],
    [["add", "x", "--country", "XXX"], "two letters"],
    [["add", "x", "--languages", "klingonish!"], "language tags"],
    [["add", "x", "--contact", "nobody"], "no address of the channel mail"],
    [["add", "x", "--contact", "http://x.example/"], "no address"],
    [["add", "x", "--answers-for", "everything!"], "nothing to answer for"],
    [["verify", "x"], "--by"],
  ])("says what is wrong with %j", async (argv, says) => {
    const { code, err } = await run(...argv);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("tocsin institution lookup", () => {
  beforeEach(async () => {
    await run("import", "csv", file("contacts.csv", CSV), "--yes");
  });

  it("answers from the directory and asks nobody", async () => {
    const found = await run("lookup", "198.51.100.9", "--json");
    expect(answers["institution-lookup"].parse(found.json())).toMatchObject({
      answers: [{ institution: "north", kind: "cidr", value: "198.51.100.0/24" }],
      network: [],
    });
    expect((await run("lookup", "AS64500")).out).toContain("north: North Networks");
    expect((await run("lookup", "www.south.example")).out).toContain(
      "a placeholder (registry-mailbox)",
    );
    expect((await run("lookup", "203.0.113.1")).out).toContain("Nobody in the directory");
    expect((await run("lookup", "what?")).code).toBe(2);
  });

  it("shows what the registry says when it is asked, and keeps it only with --save", async () => {
    const found = from("rdap");
    cli.answersOf = {
      askRegistry: async () => ({
        source: "rdap",
        whole: false,
        reading: {
          directory: {
            institutions: [institution("rdap-far", { provenance: found })],
            contacts: [contact("rdap-far", "abuse@far.example", { provenance: found })],
            responsibilities: [answersFor("rdap-far", "cidr", "203.0.113.0/24", found)],
          },
          refused: [],
        },
      }),
    };
    const asked = await run("lookup", "203.0.113.1", "--rdap");
    expect(asked.err).toContain("asking the registry over the network");
    expect(asked.out).toMatch(/According to rdap[\s\S]*3 new[\s\S]*Nobody in the directory/);
    const saved = await run("lookup", "203.0.113.1", "--rdap", "--save", "--json");
    expect(answers["institution-lookup"].parse(saved.json())).toMatchObject({
      answers: [{ institution: "rdap-far", contacts: [{ standing: "unverified" }] }],
      network: [{ applied: true, added: 3 }],
    });
    expect((await run("lookup", "203.0.113.1", "--security-txt")).code).toBe(2);
    expect((await run("lookup", "far.example", "--security-txt")).code).toBe(1);
  });
});
