import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Alert } from "../../src/core/alert/index.ts";
import type { Incident } from "../../src/core/incident/index.ts";
import { ask, initialise, run, start, temporaryFolder } from "./program.ts";

const folder = temporaryFolder();
const data = join(folder, "data");
const inbox = join(folder, "in");
const env = { TOCSIN_DATA: data };

/** What reached the institutions. */
const mails: { readonly to: string; readonly text: string }[] = [];
const sink = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      const to = envelope.rcptTo.map(({ address }) => address).join(",");
      mails.push({ to, text: Buffer.concat(chunks).toString() });
      done(null, "queued");
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
  const { port } = sink.server.address() as AddressInfo;
  mkdirSync(inbox);
  await initialise(data);
  const file = join(data, "tocsin.yaml");
  const text = readFileSync(file, "utf8").replace(/^(feeds: \{\}|csvMappings: \[\])$/gm, "");
  writeFileSync(file, text + settings(port));
  await institution("us-cert", "national-csirt", "T2", "soc@us-cert.test", "country:US");
  await institution("hoster", "operator", "T1", "abuse@hoster.test", "198.51.100.0/25");
});
afterAll(() => new Promise<void>((resolve) => sink.close(resolve)));

/** The part of the configuration that is about alerting, and a feed that is collected from a folder. */
function settings(port: number): string {
  return `
csvMappings:
  - name: bots
    columns: { time: seen, victim: victim, origin: origin, family: family }
    kind: infected-system
    tlp: green
alerting:
  team: { name: CERT Example, from: alerts@cert.example, replyTo: answers@cert.example }
  smtp: { host: 127.0.0.1, port: ${port}, security: none }
feeds:
  bots:
    format: bots
    priority: P1
    schedule: { everyMinutes: 1 }
    from: { way: directory, path: ${inbox}, settleSeconds: 0 }
`;
}

async function institution(id: string, kind: string, tier: string, mail: string, what: string) {
  const facts = ["--name", id, "--kind", kind, "--country", "US", "--languages", "en"];
  const trust = ["--tier", tier, "--max-tlp", "green"];
  await tocsin(
    "institution",
    "add",
    id,
    ...facts,
    ...trust,
    "--contact",
    mail,
    "--answers-for",
    what,
  );
  await tocsin("institution", "verify", mail, "--by", "li", "--how", "phone");
}

/** Runs a command that must succeed, as a user. */
async function tocsin(...args: string[]): Promise<string> {
  const outcome = await run(args, { env });
  expect(outcome, `${args.join(" ")}: ${outcome.stderr}`).toMatchObject({ code: 0 });
  return outcome.stdout;
}

/** Waits until something is so. */
async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await what();
    if (found !== undefined) return found;
    await wait(300);
  }
  throw new Error("it did not come about in a minute");
}

function land(name: string, family: string, ...rows: readonly [victim: string, origin: string][]) {
  const seen = new Date().toISOString();
  const lines = rows.map(([victim, origin]) => [seen, victim, origin, family].join(","));
  writeFileSync(join(inbox, name), `${["seen,victim,origin,family", ...lines].join("\n")}\n`);
}

it("takes a feed file to the institutions responsible, and asks two people first", async () => {
  const { version } = await ask<{ version: string }>(["rules", "dry-run"], { env });
  await tocsin("rules", "activate", version);
  const daemon = start(["run", "--json"], { env });
  land("1.csv", "zeus", ["192.0.2.1", "198.51.100.7"], ["192.0.2.2", "198.51.100.7"]);

  const waiting = await until(async () => {
    const { alerts } = await ask<{ alerts: Alert[] }>(["alert", "list"], { env });
    return alerts.length === 2 ? alerts : undefined;
  });
  expect(waiting.map(({ institution: to, state }) => `${to} ${state.at}`).toSorted()).toEqual([
    "hoster awaiting-approval",
    "us-cert awaiting-approval",
  ]);
  expect(mails).toEqual([]);
  for (const { ticket } of waiting)
    for (const TOCSIN_USER of ["li", "wang"])
      await ask(["alert", "approve", ticket], { env: { ...env, TOCSIN_USER } });

  await until(async () => (mails.length === 2 ? mails : undefined));
  const toHoster = mails.find(({ to }) => to === "abuse@hoster.test")!.text;
  expect(toHoster).toContain("198.51.100[.]7");
  expect(toHoster).toMatch(/^Subject: .*TC-\d{8}-\d{6}-\d/m);
  for (const { text } of mails) expect(text).not.toMatch(/192\.0\.2|192\[\.\]0/);

  // They are no strangers any more.
  land("2.csv", "citadel", ["192.0.2.3", "198.51.100.8"]);
  await until(async () => (mails.length === 4 ? mails : undefined));

  daemon.process.kill("SIGTERM");
  expect(await daemon.ended).toMatchObject({ code: 0 });
});

it("tells them when an incident is closed, once", async () => {
  const { incidents } = await ask<{ incidents: Incident[] }>(
    ["incident", "list", "--institution", "hoster", "--threat", "c2-server/zeus"],
    { env },
  );
  expect(incidents).toHaveLength(1);
  const { id } = incidents[0]!;
  await tocsin("incident", "close", id, "--reason", "false-positive", "--note", "our own test");
  const before = mails.length;
  await tocsin("run", "--once");
  await tocsin("run", "--once");
  expect(mails.length - before).toBeLessThanOrEqual(1);
  const { incident } = await ask<{ incident: Incident }>(["incident", "show", id], { env });
  expect(incident.state).toMatchObject({ at: "closed", reason: "false-positive" });
});
