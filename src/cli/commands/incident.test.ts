import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putCases, TICKET } from "../../../test/cli-cases.ts";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { at, closed, incident } from "../../../test/contract/cases/samples.ts";
import { answers } from "../schemas/index.ts";

const ID = incident().id;
let dir: string;
let cli: FakeCli;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-incident-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
  cli.env = { USER: "li" };
  await putCases(cli);
  await cli.cases.write(async (session) => {
    await session.putIncident(incident(2, { priority: "P3", threat: "infected-system/qakbot" }));
    await session.putIncident(incident(3, { state: closed, assignee: "wang" }));
  });
});
afterEach(() => rmSync(dir, { recursive: true }));

const run = (...argv: string[]) => cli.run("incident", ...argv);

describe("tocsin incident list", () => {
  it("answers as its schema says, the newest first, page by page", async () => {
    const all = answers["incident-list"].parse((await run("list", "--json")).json());
    expect(all.incidents.map(({ id }) => id.at(-1))).toEqual(["3", "2", "1"]);
    const page = ["list", "--limit", "1", "--before", incident(3).id, "--json"];
    const { incidents } = answers["incident-list"].parse((await run(...page)).json());
    expect(incidents.map(({ id }) => id)).toEqual([incident(2).id]);
  });

  it.each([
    [["--state", "closed"], ["3"]],
    [["--state", "open", "--priority", "P1"], ["1"]],
    [["--assignee", "wang"], ["3"]],
    [
      ["--threat", "c2-server/zeus"],
      ["3", "1"],
    ],
    [["--institution", "nobody"], []],
  ])("takes only what %j asks for", async (flags, ends) => {
    const listed = answers["incident-list"].parse((await run("list", ...flags, "--json")).json());
    expect(listed.incidents.map(({ id }) => id.at(-1))).toEqual(ends);
  });

  it("prints a table, and says so if there is nothing", async () => {
    const { out, code } = await run("list");
    expect(code).toBe(0);
    expect(out).toMatch(/I-20130531-000003 +P1 .*verified-clean +wang +2013-05-31 08:00Z/);
    expect((await run("list", "--institution", "x")).out).toBe("There are no incidents.\n");
    expect((await run("list", "--institution", "x", "--lang", "zh")).out).toBe("没有事件。\n");
    expect((await run("list", "--limit", "0")).code).toBe(2);
    expect((await run("list", "--state", "ajar")).code).toBe(2);
  });
});

describe("tocsin incident show", () => {
  it("shows findings, alerts and what people are asked", async () => {
    await cli.cases.write((session) =>
      session.openTask({
        id: "",
        kind: "act-at-home",
        subject: `incident:${ID}`,
        why: "nobody abroad answers",
        openedAt: at(5),
        dueAt: null,
      }),
    );
    const shown = answers["incident-show"].parse((await run("show", ID, "--json")).json());
    expect(shown).toMatchObject({
      incident: { id: ID },
      alerts: [{ ticket: TICKET }],
      tasks: [{ kind: "act-at-home" }],
    });
    expect(shown.findings).toHaveLength(2);
    const { out } = await run("show", ID.toLowerCase(), "--limit", "1");
    expect(out).toMatch(/198\.51\.100\.1 +US +4294967295 +3,000,000,000/);
    expect(out).not.toContain("198.51.100.2 ");
    expect(out).toContain(TICKET);
    expect(out).toContain("tocsin incident show ID");
    expect((await run("show", ID, "--lang", "zh")).out).toContain("tocsin incident show 编号");
  });
});

describe("tocsin incident assign and close", () => {
  it("gives it to somebody, and to nobody", async () => {
    const given = answers["incident-assign"].parse(
      (await run("assign", ID, "wang", "--json")).json(),
    );
    expect(given.incident).toMatchObject({
      assignee: "wang",
      updatedAt: "2013-06-03T08:00:00.000Z",
    });
    expect((await run("assign", ID, "-")).out).toBe(`${ID} is nobody's.\n`);
    expect((await run("assign", ID, "zhao", "--lang", "zh")).out).toBe(`${ID} 由 zhao 处理。\n`);
  });

  it("closes it with its alerts and tasks, for a reason and under a name", async () => {
    const close = ["close", ID, "--reason", "verified-clean", "--note", "looked twice", "--json"];
    const answer = answers["incident-close"].parse((await run(...close)).json());
    expect(answer.incident.state).toMatchObject({
      at: "closed",
      by: "li",
      reason: "verified-clean",
      note: "looked twice",
    });
    const alert = await cli.cases.read((session) => session.alertByTicket(TICKET));
    expect(alert?.state).toEqual({ at: "closed", reason: "verified-clean" });
    const trail = await cli.cases.read((session) => session.auditTrail({ limit: 10 }));
    expect(trail.map(({ actor, action }) => [actor, action])).toContainEqual([
      "li",
      "incident.closed",
    ]);
  });

  it.each([
    [["show", "I-20130531-999999"], 1, "there is no incident I-20130531-999999"],
    [["assign", "I-0", "li"], 1, "there is no incident"],
    [["assign", ID], 2, "name"],
    [["close", ID], 2, "--reason"],
    [["close", ID, "--reason", "boredom"], 2, "boredom"],
    [["close", incident(3).id, "--reason", "verified-clean"], 1, "is closed already"],
  ])("says what is wrong with %j", async (argv, code, says) => {
    const { code: got, err } = await run(...argv);
    expect([got, err]).toEqual([code, expect.stringContaining(says)]);
  });

  it("says it in Chinese, and as JSON", async () => {
    const argv = ["close", incident(3).id, "--reason", "verified-clean"];
    expect((await run(...argv, "--lang", "zh")).err).toContain(`事件 ${incident(3).id} 已经关闭`);
    const { err } = await run(...argv, "--json");
    expect(answers.failure.parse(JSON.parse(err)).error.code).toBe("not-possible");
  });
});
