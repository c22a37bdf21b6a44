import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLibsqlCases } from "../../src/store/libsql/index.ts";
import { alert, contact, incident, message } from "../contract/cases/samples.ts";
import { putHosting } from "../contract/cases/use-cases.ts";

/** `TOCSIN_KILLS=50` kills more often, with a thousand messages. */
const KILLS = Number(process.env["TOCSIN_KILLS"] ?? 6);
const MESSAGES = KILLS > 8 ? 1_000 : 200;

describe("SIGKILL while alerts go out", { timeout: KILLS > 8 ? 600_000 : 180_000 }, () => {
  it("sends none twice and loses none, wherever it strikes", async () => {
    const dir = mkdtempSync(join(tmpdir(), "tocsin-outbox-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const path = join(dir, "cases.db");
    const sink = await startSink();
    await fill(path);
    const struck: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const before = sink.received.length;
      await run(path, sink.port, 100 + Math.random() * 1_200);
      struck.push(sink.received.length - before);
    }
    await run(path, sink.port);

    const cases = await openLibsqlCases(path);
    onTestFinished(() => cases.close());
    const sent = await cases.read((session) => session.messages({ limit: 2 * MESSAGES }));
    const inState = (at: string) => sent.filter(({ state }) => state.at === at);
    const [delivered, unknown] = [inState("delivered"), inState("unknown")];
    process.stderr.write(
      `${KILLS} kills, messages between them ${struck.join(" ")}: ${delivered.length} delivered, ${unknown.length} unknown\n`,
    );
    // None twice.
    expect(new Set(sink.received).size).toBe(sink.received.length);
    // None lost: what is delivered has arrived, and what nobody knows is known not to be known.
    expect(delivered.length + unknown.length).toBe(MESSAGES);
    const received = new Set(sink.received);
    expect(delivered.filter(({ messageId }) => !received.has(messageId))).toEqual([]);
    const known = new Set(sent.map(({ messageId }) => messageId));
    expect(sink.received.filter((id) => !known.has(id))).toEqual([]);
    // A person is asked about each of which nobody knows.
    const tasks = await cases.read((session) =>
      session.tasks({ open: true, kind: "decide-unknown", limit: 2 * MESSAGES }),
    );
    expect(tasks).toHaveLength(unknown.length);
    // Every message has one beginning and one end in the audit log.
    expect((await cases.verifyAudit()).broken).toBeNull();
    const trail = await cases.read((session) => session.auditTrail({ limit: 10 * MESSAGES }));
    const keysOf = (...actions: string[]) =>
      trail
        .filter(({ action }) => actions.includes(action))
        .map(({ after }) => (after as { deliveryKey: string }).deliveryKey)
        .toSorted((a, b) => a.localeCompare(b));
    const keys = sent.map(({ deliveryKey }) => deliveryKey).toSorted((a, b) => a.localeCompare(b));
    expect(keysOf("message.sending")).toEqual(keys);
    expect(keysOf("message.delivered", "message.unknown")).toEqual(keys);
  });
});

/** A server that notes which messages came whole, and takes its time to say so. */
async function startSink() {
  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const id = /^Message-ID: (<.*>)\r$/m.exec(Buffer.concat(chunks).toString())?.[1];
        received.push(id ?? "none");
        setTimeout(done, Math.random() * 20);
      });
    },
  });
  // Its clients are killed.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { received, port: (server.server.address() as AddressInfo).port };
}

/** Queues a message of an alert each. */
async function fill(path: string): Promise<void> {
  const cases = await openLibsqlCases(path);
  await cases.write(async (session) => {
    await putHosting(session);
    // The child has the clock of today, by which the sample's verification has lapsed.
    const before = (await session.contact(contact().id))!;
    const verified = { at: new Date().toISOString(), by: "li", how: "phone" };
    await session.changeDirectory([{ of: "contact", before, after: { ...before, verified } }]);
    await session.putIncident(incident());
    for (let number = 1; number <= MESSAGES; number++) {
      const { id, life } = alert(number);
      const state = { at: "queued", message: "alert" } as const;
      const ticket = `TC-20130531-${String(number).padStart(6, "0")}-0`;
      await session.putAlert(alert(number, { ticket, state, life: { ...life, messages: 1 } }));
      const messageId = `<${number}.alert@cert.example>`;
      const bytes = Buffer.from(`Message-ID: ${messageId}\r\nSubject: ${ticket}\r\n\r\nText\r\n`);
      const deliveryKey = `${id}/alert-1`;
      await session.queueMessage(message(number, { deliveryKey, alert: id, messageId, bytes }));
    }
  });
  await cases.close();
}

/** Lets the outbox send, and kills it some time after it began; without a time it ends by itself. */
async function run(path: string, port: number, killAfterMs?: number): Promise<void> {
  const script = new URL("outbox-child.mjs", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, path, String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const ready = new Promise((resolve) => child.stdout.once("data", resolve));
  await Promise.race([ready, ended]);
  if (killAfterMs !== undefined) {
    await Promise.race([wait(killAfterMs), ended]);
    child.kill("SIGKILL");
  }
  const code = await ended;
  if (code !== null && code !== 0) throw new Error(`the outbox ended with ${code}: ${said}`);
}
