import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putCases, TICKET } from "../../../test/cli-cases.ts";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { alert, at, inbound } from "../../../test/contract/cases/samples.ts";
import type { TaskKind } from "../../core/alert/index.ts";
import { answers } from "../schemas/index.ts";

let dir: string;
let cli: FakeCli;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-task-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
  cli.env = { USER: "li" };
  await putCases(cli, { at: "sent" }, { life: { ...alert().life, messages: 1 } });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Opens a task; gives its id. */
async function open(id: string, kind: TaskKind, subject: string): Promise<string> {
  const task = { id, kind, subject, why: "because", openedAt: at(1), dueAt: null };
  return (await cli.cases.write((session) => session.openTask(task))).id;
}

describe("tocsin task", () => {
  it("lists what people are asked for, with what to do about it", async () => {
    expect((await cli.run("task")).out).toBe("There is nothing to do.\n");
    expect((await cli.run("task", "--lang", "zh")).out).toBe("没有待办任务。\n");
    await open("T-000001", "verify-contact", "contact:as-64500-abuse");
    await open("T-000002", "telephone", `alert:${alert().id}`);
    const { out } = await cli.run("task");
    expect(out).toMatch(/T-000001 +verify-contact .* because .* tocsin institution verify CONTACT/);
    const all = answers["task-list"].parse((await cli.run("task", "list", "--json")).json());
    expect(all.tasks.map(({ kind }) => kind)).toEqual(["verify-contact", "telephone"]);
    const some = await cli.run("task", "list", "--kind", "telephone", "--limit", "1", "--json");
    expect(answers["task-list"].parse(some.json()).tasks).toHaveLength(1);
    expect((await cli.run("task", "list", "--kind", "sleep")).code).toBe(2);
  });

  it("notes what was done and by whom, once", async () => {
    const id = await open("T-000001", "telephone", `alert:${alert().id}`);
    const done = await cli.run("task", "done", id.toLowerCase(), "--note", "called", "--json");
    expect(answers["task-done"].parse(done.json()).task.done).toMatchObject({
      by: "li",
      note: "called",
    });
    expect((await cli.run("task")).out).toBe("There is nothing to do.\n");
    expect((await cli.run("task", "list", "--all")).out).toContain("called");
    const again = await cli.run("task", "done", id, "--note", "called");
    expect([again.code, again.err]).toEqual([1, expect.stringContaining(`no open task ${id}`)]);
    const zh = await cli.run("task", "done", id, "--note", "x", "--lang", "zh");
    expect(zh.err).toContain(`没有未完成的任务 ${id}`);
  });

  it.each([["done"], ["done", "T-000001"], ["done", "T-000001", "--note", " "]])(
    "wants to know what was done (%s %s %s %s)",
    async (...argv) => {
      await open("T-000001", "telephone", `alert:${alert().id}`);
      expect((await cli.run("task", ...argv)).code).toBe(2);
    },
  );
});

describe("tocsin answer", () => {
  const first = inbound(0xa1, { alert: alert().id, matchedBy: "ticket", signature: "good" });
  const stray = inbound(0xa2, { subject: "what is this?", id: `b${"0".repeat(63)}` });
  beforeEach(() =>
    cli.cases.write(async (session) => {
      await session.addInbound(first);
      await session.addInbound(stray);
    }),
  );

  it("lists what came in, as its schema says", async () => {
    const listed = async (...flags: string[]) =>
      answers["answer-list"]
        .parse((await cli.run("answer", "list", ...flags, "--json")).json())
        .answers.map(({ id }) => id);
    expect(await listed()).toEqual([stray.id, first.id]);
    expect(await listed("--quarantine")).toEqual([stray.id]);
    expect(await listed("--alert", alert().id)).toEqual([first.id]);
    expect(await listed("--alert", TICKET.toLowerCase())).toEqual([first.id]);
    expect(await listed("--limit", "1")).toEqual([stray.id]);
    expect((await cli.run("answer")).out).toMatch(/b00000000000 .* answer +what is this\?/);
    const unknown = await cli.run("answer", "list", "--alert", "A-0");
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("no alert A-0")]);
  });

  it("says so if there is none", async () => {
    const empty = new FakeCli(dir);
    expect((await empty.run("answer")).out).toBe("No answers.\n");
    expect((await empty.run("answer", "--lang", "zh")).out).toBe("没有答复。\n");
  });

  it("shows one as it came, by the beginning of its id", async () => {
    expect((await cli.run("answer", "show", "B0")).out).toBe("\0\u0001\u00FE\u00A2");
    const none = await cli.run("answer", "show", "ffff");
    expect([none.code, none.err]).toEqual([1, expect.stringContaining("no answer begins with")]);
    await cli.cases.write((session) => session.addInbound(inbound(3)));
    expect((await cli.run("answer", "show", "00")).err).toContain("2 answers begin with 00");
    expect((await cli.run("answer", "show", "00", "--lang", "zh")).err).toContain(
      "有 2 个答复以 00 开头",
    );
  });

  it("gives a stray one to its alert, whose state it changes", async () => {
    await open("T-000001", "read-answer", `inbound:${stray.id}`);
    const assigned = await cli.run("answer", "assign", "b0", TICKET, "--json");
    expect(answers["answer-assign"].parse(assigned.json())).toMatchObject({
      answer: stray.id,
      alert: { ticket: TICKET, state: { at: "acknowledged" } },
    });
    expect((await cli.run("task")).out).toBe("There is nothing to do.\n");
    expect((await cli.run("answer", "list", "--quarantine")).out).toBe("No answers.\n");
    const shown = await cli.run("answer", "assign", "b0", alert().id, "--lang", "zh");
    expect(shown.out).toBe(`b00000000000 是对 ${TICKET} 的答复。\n`);
    const lost = await cli.run("answer", "assign", "b0", "A-0");
    expect([lost.code, lost.err]).toEqual([1, expect.stringContaining("there is no alert A-0")]);
  });
});
