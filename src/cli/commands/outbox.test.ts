import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putCases } from "../../../test/cli-cases.ts";
import { FakeCli } from "../../../test/cli-surroundings.ts";
import { at, message } from "../../../test/contract/cases/samples.ts";
import { HOLD } from "../../app/alerting/index.ts";
import { answers } from "../schemas/index.ts";

let dir: string;
let cli: FakeCli;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-outbox-"));
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  cli = new FakeCli(dir);
  cli.env = { USER: "li" };
  await putCases(cli, { at: "sent" });
});
afterEach(() => rmSync(dir, { recursive: true }));

const run = (...argv: string[]) => cli.run("outbox", ...argv);
const queue = (...messages: readonly ReturnType<typeof message>[]) =>
  cli.cases.write(async (session) => {
    for (const one of messages) await session.queueMessage(one);
  });
const refused = { at: "refused", on: at(9), reason: "550 no such user" } as const;

describe("tocsin outbox list and show", () => {
  it("answers as its schema says, without the bytes", async () => {
    await queue(message(1), message(2, { state: refused, attempts: 2 }));
    const all = answers["outbox-list"].parse((await run("list", "--json")).json());
    expect(all).toMatchObject({ stopped: null, messages: [{ size: 5 }, { size: 5 }] });
    const some = await run("list", "--state", "refused", "--limit", "3", "--json");
    expect(answers["outbox-list"].parse(some.json()).messages).toMatchObject([{ attempts: 2 }]);
  });

  it("prints a table with why each is where it is, also without `list`", async () => {
    expect((await run()).out).toBe("The outbox is empty.\n");
    expect((await run("--lang", "zh")).out).toBe("发件箱是空的。\n");
    await queue(message(1), message(2, { state: refused }));
    const { out } = await run();
    expect(out).toMatch(/alert-1 .* queued +0 .* rule c2-abroad, rung 1/);
    expect(out).toMatch(/alert-2 .* refused .* 550 no such user/);
    expect((await run("list", "--state", "lost")).code).toBe(2);
  });

  it("shows the bytes as they are", async () => {
    await queue(message(1));
    expect((await run("show", message(1).deliveryKey)).out).toBe("\0\u00FF\r\n\u0001");
    const { code, err } = await run("show", "A-0/alert-1");
    expect([code, err]).toEqual([1, expect.stringContaining("has no message A-0/alert-1")]);
    expect((await run("show", "A-0/alert-1", "--lang", "zh")).err).toContain("发件箱中没有消息");
  });
});

describe("tocsin outbox send, stop and start", () => {
  it("counts what would leave now, and sends only when it is not dry", async () => {
    await queue(message(1), message(2, { notBefore: "2014-01-01T00:00:00.000Z" }));
    const dry = await run("send", "--dry-run", "--json");
    expect(answers["outbox-send"].parse(dry.json())).toEqual({ sent: 0, due: 1 });
    expect((await run("send", "--dry-run")).out).toContain("would be sent now: 1.");
    cli.sent = 7;
    expect((await run("send")).out).toBe("Tried messages: 7.\n");
    const { sent } = answers["outbox-send"].parse((await run("send", "--json")).json());
    expect(sent).toBe(7);
    expect((await run("send", "--lang", "zh")).out).toBe("已尝试发送的消息：7。\n");
  });

  it("lets nothing leave after `stop`, says why, and goes on after `start`", async () => {
    await queue(message(1));
    const stop = await run("stop", "--reason", "a mistake in the rules", "--json");
    expect(answers["outbox-stop"].parse(stop.json())).toEqual({
      stopped: "a mistake in the rules",
    });
    expect((await run()).out).toContain("Nothing leaves: a mistake in the rules.");
    expect((await run("send", "--dry-run")).out).toContain("would be sent now: 0.");
    expect((await run("start", "--lang", "zh")).out).toBe("已恢复发送。\n");
    const again = answers["outbox-start"].parse((await run("start", "--json")).json());
    expect(again).toEqual({ stopped: null });
    expect((await run("send", "--dry-run")).out).toContain("would be sent now: 1.");
    const trail = await cli.cases.read((session) => session.auditTrail({ limit: 10 }));
    expect(new Set(trail.map(({ actor, action }) => `${actor} ${action}`))).toEqual(
      new Set(["li outbox.stopped", "li outbox.started"]),
    );
  });

  it.each([["stop"], ["stop", "--reason", ""], ["stop", "--reason", "  "]])(
    "does not turn the kill switch without a reason (%s %s %j)",
    async (...argv) => {
      await cli.cases.write((session) => session.setSetting(HOLD, "as it was"));
      expect((await run(...argv)).code).toBe(2);
      expect(await cli.cases.read((session) => session.setting(HOLD))).toBe("as it was");
    },
  );
});
