import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { nothingPlaced } from "../../app/alerting/index.ts";
import { answers } from "../schemas/index.ts";
import type { DaemonEvent } from "../workbench.ts";

let dir: string;
let cli: FakeCli;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-run-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

const watching = { event: "watching", feeds: 3, rules: true, composes: true } as const;
const EVENTS: DaemonEvent[] = [
  { ...watching, sends: true, answers: true },
  { event: "collect", of: { event: "listening", feed: "sinkhole" } },
  { event: "placed", ...nothingPlaced, findings: 1200, fresh: 7, incidents: 2, alerts: 3 },
  { event: "placed", ...nothingPlaced, findings: 9, held: 4, denied: 2, nobody: 1, stale: 2 },
  { event: "timers", fired: 5 },
  { event: "answers", received: 6 },
  { event: "recovered", messages: 1 },
  { event: "message", deliveryKey: "A-1/alert-1", to: "a@cert.example", outcome: "delivered" },
  { event: "failure", part: "outbox", message: "the database server: gone" },
];

describe("tocsin run", () => {
  it("tells people what it does, each with its time, beside the answer", async () => {
    cli.daemonEvents = EVENTS;
    const { out, err, code } = await cli.run("run");
    expect([code, out, cli.asked]).toEqual([0, "", [{ once: false }]]);
    const lines = err.trimEnd().split("\n");
    expect(lines.every((line) => line.startsWith("2013-06-03T08:00:00.000Z "))).toBe(true);
    expect(lines.map((line) => line.slice(25))).toEqual([
      "Watching: 3 feeds, findings, timers, outbox, answers. Ctrl-C ends when what is under way is done.",
      expect.stringContaining("sinkhole"),
      "1,200 findings (7 new), 2 incidents, 3 alerts",
      "9 findings (0 new), 0 incidents, 0 alerts",
      "findings that tell nobody: held 4, denied 2, nobody to tell 1, too old 2",
      "5 timers",
      "6 answers",
      "1 messages were under way when the program ended: see tocsin task list",
      "A-1/alert-1 to a@cert.example: delivered",
      "outbox failed and is tried again: the database server: gone",
    ]);
  });

  it("tells it in Chinese, the faults as well", async () => {
    cli.daemonEvents = EVENTS;
    const { err } = await cli.run("run", "--once", "--lang", "zh");
    expect(cli.asked).toEqual([{ once: true }]);
    expect(err).toContain("正在值守：3 个数据源、发现、定时、发件箱、答复。");
    expect(err).toContain("outbox 失败，稍后重试：数据库服务器：gone");
  });

  it("says what is missing before anything can leave", async () => {
    const said = async (over: Partial<typeof watching & { sends: boolean }>) => {
      cli.daemonEvents = [{ ...watching, sends: true, answers: false, ...over } as DaemonEvent];
      return (await cli.run("run", "--once")).err;
    };
    expect(await said({})).not.toMatch(/no rules|alerting section|smtp/);
    expect(await said({ rules: false as never })).toContain("no rules are in force");
    expect(await said({ sends: false })).toContain("alerting.smtp is not set");
    const nothing = await said({ composes: false as never, sends: false });
    expect(nothing).toContain("no alerting section");
    expect(nothing).not.toContain("smtp");
  });

  it("tells machines one event a line, as its schema says", async () => {
    cli.daemonEvents = EVENTS;
    const { out, err } = await cli.run("run", "--json");
    const lines = out.trimEnd().split("\n");
    expect(err).toBe("");
    expect(lines.map((line) => answers.run.parse(JSON.parse(line)).event)).toEqual(
      EVENTS.map(({ event }) => event),
    );
  });
});
