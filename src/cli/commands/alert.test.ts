import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putCases, TICKET } from "../../../test/cli-cases.ts";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { alert, at, inbound, message } from "../../../test/contract/cases/samples.ts";
import { answers } from "../schemas/index.ts";

const ID = alert().id;
let dir: string;
let cli: FakeCli;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-alert-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
  cli.env = { USER: "li" };
});
afterEach(() => rmSync(dir, { recursive: true }));

const run = (...argv: string[]) => cli.run("alert", ...argv);
const sent = { at: "sent" } as const;
const waiting = { at: "awaiting-approval", needs: 2, by: [] } as const;
const unknown = { at: "unknown", message: "alert" } as const;

/** The tasks that are open. */
async function openTasks(): Promise<string[]> {
  const tasks = await cli.cases.read((session) => session.tasks({ open: true, limit: 10 }));
  return tasks.map(({ kind }) => kind);
}

function ask(kind: "approve" | "decide-unknown"): Promise<unknown> {
  const task = { id: "", kind, subject: `alert:${ID}`, why: "", openedAt: at(1), dueAt: null };
  return cli.cases.write((session) => session.openTask(task));
}

describe("tocsin alert list and show", () => {
  it("lists what is asked for, as its schema says", async () => {
    await putCases(cli, sent);
    await cli.cases.write((session) => session.putAlert(alert(2, { priority: "P3", contact: "" })));
    const listed = async (...flags: string[]) =>
      answers["alert-list"]
        .parse((await run("list", ...flags, "--json")).json())
        .alerts.map(({ id }) => id);
    expect(await listed()).toEqual([alert(2).id, ID]);
    expect(await listed("--state", "sent")).toEqual([ID]);
    expect(await listed("--priority", "P3")).toEqual([alert(2).id]);
    expect(await listed("--before", alert(2).id, "--limit", "5")).toEqual([ID]);
    expect(await listed("--incident", "I-0")).toEqual([]);
    expect((await run("list")).out).toMatch(/A-20130531-000002 .* nobody +1 +draft/);
    expect((await run("list", "--institution", "x")).out).toBe("There are no alerts.\n");
    expect((await run("list", "--institution", "x", "--lang", "zh")).out).toBe("没有通报。\n");
    expect((await run("list", "--state", "asleep")).code).toBe(2);
  });

  it("shows all that happened to one, by its number or its ticket", async () => {
    await putCases(cli, sent);
    await cli.cases.write(async (session) => {
      await session.addEvent(ID, at(1), { type: "drafted", needs: 0, hold: "never verified" });
      await session.addEvent(ID, at(2), { type: "held", by: "wang", reason: "ask first" });
      await session.addEvent(ID, at(2), { type: "delivered", response: "250" });
      await session.queueMessage(message());
      await session.addReceipt({ alert: ID, level: "R0", at: at(3), evidence: "250 queued" });
      await session.addInbound(inbound(1, { alert: ID, matchedBy: "ticket" }));
    });
    const shown = answers["alert-show"].parse((await run("show", ID, "--json")).json());
    expect(shown).toMatchObject({
      alert: { ticket: TICKET },
      events: [{ event: { type: "drafted" } }, {}, { event: { type: "delivered" } }],
      messages: [{ deliveryKey: message().deliveryKey, size: 5 }],
      receipts: [{ level: "R0" }],
      answers: [{ class: "answer", size: 4 }],
    });
    const { out } = await run("show", TICKET.toLowerCase());
    expect(out).toMatch(/drafted +never verified\n[\s\S]* held +wang: ask first\n/);
    expect(out).toMatch(/delivered[\s\S]*R0 +250 queued/);
    expect((await run("show", TICKET, "--lang", "zh")).out).toContain("经过");
  });
});

describe("tocsin alert preview, send and resend", () => {
  it("shows the message as it would be, and what stays in", async () => {
    await putCases(cli);
    cli.composed = { ...cli.composed, withheld: 3 };
    const { out, err } = await run("preview", TICKET);
    expect(out).toBe("a subject\n\na text\n");
    expect(err).toContain("tier: 3.");
    expect((await run("preview", TICKET, "--lang", "zh")).err).toContain("未写入的发现：3");
    const answer = answers["alert-preview"].parse((await run("preview", ID, "--json")).json());
    expect(answer).toMatchObject({ to: "abuse@hosting.example", size: 3, withheld: 3 });
  });

  it("only says what it would send when it runs dry", async () => {
    await putCases(cli);
    expect((await run("send", ID, "--dry-run")).out).toBe(
      `${TICKET} would go to abuse@hosting.example: a subject\n`,
    );
    const dry = await run("resend", ID, "--dry-run", "--json");
    expect(answers["alert-resend"].parse(dry.json())).toMatchObject({ subject: "a subject" });
    const { alerts } = answers["alert-list"].parse((await run("list", "--json")).json());
    expect(alerts[0]?.state.at).toBe("draft");
  });

  it("sends a draft now, and no alert that is none", async () => {
    await putCases(cli);
    const now = answers["alert-send"].parse((await run("send", ID, "--json")).json());
    expect(now).toMatchObject({ alert: { state: { at: "queued", message: "alert" } } });
    const again = await run("send", ID);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("only a draft")]);
    expect((await run("send", ID, "--lang", "zh")).err).toContain("只有草稿");
  });

  it("holds, and lets go with the approvals that a first contact needs", async () => {
    await putCases(cli);
    expect((await run("hold", ID)).code).toBe(2);
    expect((await run("hold", ID, "--reason", " ")).code).toBe(2);
    const held = await run("hold", ID, "--reason", "let us ask first", "--json");
    expect(answers["alert-hold"].parse(held.json()).alert.state).toMatchObject({
      at: "held",
      reason: "li: let us ask first",
    });
    expect((await run("send", TICKET)).out).toBe(`${TICKET} is awaiting-approval.\n`);
    expect(await openTasks()).toEqual(["approve"]);
    const alone = await run("approve", TICKET);
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining("another person must")]);
    cli.env = { USER: "wang" };
    expect((await run("approve", TICKET)).out).toBe(`${TICKET} is queued.\n`);
  });

  it("sends once more what was sent, and not what was not", async () => {
    await putCases(cli, sent);
    const again = answers["alert-resend"].parse((await run("resend", ID, "--json")).json());
    expect(again).toMatchObject({ alert: { state: { at: "queued" } } });
    const { code, err } = await run("resend", ID);
    expect([code, err]).toEqual([1, expect.stringContaining("means nothing while")]);
    expect((await run("resend", ID, "--lang", "zh")).err).toContain("没有意义");
  });
});

describe("tocsin alert approve", () => {
  it("takes two people, each of whom counts once", async () => {
    await putCases(cli, waiting);
    await ask("approve");
    const first = answers["alert-approve"].parse((await run("approve", ID, "--json")).json());
    expect(first.alert.state).toEqual({ at: "awaiting-approval", needs: 2, by: ["li"] });
    const twice = await run("approve", TICKET);
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining("another person must")]);
    expect((await run("approve", ID, "--lang", "zh")).err).toContain("li 已经批准：还须另一人批准");
    expect(await openTasks()).toEqual(["approve"]);
    cli.env = { USER: "li", TOCSIN_USER: "wang" };
    expect((await run("approve", ID, "--lang", "zh")).out).toBe(`${TICKET} 的状态：queued。\n`);
    expect(await openTasks()).toEqual([]);
  });

  it("does not take the yes of whoever drafted it, nor one that nobody asked for", async () => {
    await putCases(cli, { ...waiting, needs: 1, draftedBy: "li" });
    expect((await run("approve", ID)).err).toContain("li drafted it");
    cli.env = { USER: "wang" };
    expect((await run("approve", ID)).code).toBe(0);
    expect((await run("approve", ID)).err).toContain('"approved" means nothing');
  });
});

describe("tocsin alert ack and resolve", () => {
  it.each([
    [[], "acknowledged"],
    [["--as", "claimed-fixed"], "claims-fixed"],
    [["--as", "disputed"], "disputed"],
  ])("notes an answer that came by telephone (%j)", async (flags, state) => {
    await putCases(cli, sent, { life: { ...alert().life, messages: 1, firstSentAt: at(1) } });
    const answer = answers["alert-ack"].parse((await run("ack", ID, ...flags, "--json")).json());
    expect(answer.alert.state.at).toBe(state);
  });

  it("decides what nobody knows, one way or the other", async () => {
    await putCases(cli, unknown, { life: { ...alert().life, messages: 1 } });
    await ask("decide-unknown");
    for (const flags of [[], ["--arrived", "--not-arrived"]]) {
      const { code, err } = await run("resolve", ID, ...flags);
      expect([code, err]).toEqual([2, expect.stringContaining("either --arrived")]);
    }
    expect((await run("resolve", ID, "--lang", "zh")).err).toContain("--not-arrived 之一");
    const arrived = await run("resolve", ID, "--arrived", "--json");
    expect(answers["alert-resolve"].parse(arrived.json()).alert.state.at).toBe("sent");
    expect(await openTasks()).toEqual([]);
  });

  it("sends again what did not arrive", async () => {
    await putCases(cli, unknown, { life: { ...alert().life, messages: 1 } });
    expect((await run("resolve", ID, "--not-arrived")).out).toBe(`${TICKET} is queued.\n`);
  });
});

it.each(["show", "approve", "send", "resend", "ack", "hold", "resolve"])(
  "tocsin alert %s knows no alert that is not there",
  async (command) => {
    await putCases(cli);
    const more: Record<string, string[]> = { hold: ["--reason", "x"], resolve: ["--arrived"] };
    for (const id of ["A-20130531-999999", "TC-20130531-000001-9"]) {
      const { code, err } = await run(command, id, ...(more[command] ?? []));
      expect([code, err]).toEqual([1, expect.stringContaining(`there is no alert ${id}`)]);
    }
  },
);
