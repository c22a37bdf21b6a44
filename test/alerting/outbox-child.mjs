// The outbox as a process of its own, to be killed: sends what is queued in a file of cases to a server on loopback, and ends when all is
// settled. Says `ready` when it begins to send.
import { setTimeout as wait } from "node:timers/promises";
import { openTask } from "#tocsin/app/alerting/open-task.js";
import { recoverOutbox, runOutbox } from "#tocsin/app/alerting/outbox/index.js";
import { defaultPolicy, step } from "#tocsin/core/alert/index.js";
import { makeSmtpChannel } from "#tocsin/send/mail/index.js";
import { openLibsqlCases } from "#tocsin/store/libsql/index.js";

const [path, port] = process.argv.slice(2);
const cases = await openLibsqlCases(path);
const channel = makeSmtpChannel({
  host: "127.0.0.1",
  port: Number(port),
  security: "none",
  from: "cert@cert.example",
  connections: 4,
  timeoutSeconds: 10,
});
const stop = new AbortController();
const parts = {
  cases,
  channels: new Map([["mail", channel]]),
  applyEvent,
  caps: { perContactDay: 100_000 },
  connections: 4,
  now: () => new Date().toISOString(),
  pause: async () => {
    const left = await cases.read(async (session) => [
      ...(await session.messages({ state: "queued", limit: 1 })),
      ...(await session.messages({ state: "sending", limit: 1 })),
    ]);
    if (left.length === 0) stop.abort();
    else await wait(5);
  },
};
await recoverOutbox(parts, parts.now());
process.stdout.write("ready\n");
await runOutbox(parts, stop.signal);
await channel.close();
await cases.close();

async function applyEvent(session, id, event, now, evidence = "") {
  const { alert, commands } = step(await session.alert(id), event, now, defaultPolicy);
  await session.putAlert(alert);
  await session.addEvent(id, now, event);
  for (const command of commands) {
    if (command.do === "note-receipt")
      await session.addReceipt({ alert: id, level: command.level, at: now, evidence });
    if (command.do === "ask")
      await openTask(session, command.task, `alert:${id}`, command.why, now);
  }
}
