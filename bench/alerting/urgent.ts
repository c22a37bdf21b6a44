/** From a file in a watched directory to the mail server's 250, while another feed brings 50,000 rows a second. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { Fault } from "#tocsin/core/fault.js";
import { median, quantile } from "../shared/measure.ts";
import { report, tell } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import { ALLOWED, HOME } from "../shared/tocsin.ts";
import type { ReportOrder } from "../sinkhole/write-report.ts";

const PROGRAM = new URL("../../main.js", import.meta.url).pathname;
const ROWS_A_SECOND = 50_000;
const SECONDS = 60;
/** Longer than that is not waited for. */
const PATIENCE_MS = 60_000;
const CSIRT = "csirt@bench.invalid";

/** Measures it; false if an alert is missing. */
export async function measureUrgent(dir: string, seed: string): Promise<boolean> {
  const data = join(dir, "urgent-data");
  const [urgent, bulk] = [join(dir, "urgent"), join(dir, "bulk")];
  for (const folder of [data, urgent, bulk]) mkdirSync(folder);
  const geo = join(dir, "urgent-geo.csv");
  const path = join(dir, "all.csv");
  tell(`alerting: writing ${SECONDS * ROWS_A_SECOND} rows`);
  const order: ReportOrder = { path, locationPath: geo, rows: SECONDS * ROWS_A_SECOND, seed };
  await runTask<ReportOrder, number>(
    new URL("../sinkhole/write-report.js", import.meta.url),
    order,
  );
  const slices = slicesOf(readFileSync(path));
  const arrived = new Map<string, number>();
  const sink = await openSink(arrived);
  configure(data, geo, { urgent, bulk }, (sink.server.address() as AddressInfo).port);
  prepare(data);

  const daemon = spawn(process.execPath, [PROGRAM, "run", "--data", data], { stdio: "ignore" });
  const landed = new Map<string, number>();
  await delay(3_000);
  land(urgent, "first", landed);
  await until(() => openAlerts(data).length > 0);
  for (const id of openAlerts(data))
    for (const by of ["one", "two"]) tocsin(data, ["alert", "approve", id], by);
  await until(() => arrived.has("first"));
  landed.delete("first");
  tell("alerting: the rows begin to come");
  for (const [at, slice] of slices.entries()) {
    const next = delay(1_000);
    const name = `2026-03-08-event4_sinkhole-${at}.csv`;
    writeFileSync(join(dir, name), slice);
    renameSync(join(dir, name), join(bulk, name));
    land(urgent, `family-${at}`, landed);
    await next;
    if (daemon.exitCode !== null) throw new Fault("usage", "tocsin run ended by itself");
  }
  const behind = Date.now();
  await until(() => [...landed.keys()].every((family) => arrived.has(family)));
  const delays = [...landed].map(([family, at]) => ((arrived.get(family) ?? Infinity) - at) / 1000);
  const more = { alerts: delays.length, rowsASecond: ROWS_A_SECOND };
  report("alerting", "file to 250, median", median(delays), "s", { ...more, wanted: "< 2" });
  report("alerting", "file to 250, p99", quantile(delays, 0.99), "s", { ...more, wanted: "< 5" });
  report("alerting", "file to 250, longest", Math.max(...delays), "s", more);
  report("alerting", "behind at the end", (Date.now() - behind) / 1000, "s", {});
  daemon.kill("SIGTERM");
  await once(daemon, "exit");
  await new Promise<void>((resolve) => sink.close(() => resolve()));
  return delays.every(Number.isFinite);
}

/** The report in pieces of a second each, each with the header. */
function slicesOf(all: Buffer): Buffer[] {
  const header = all.subarray(0, all.indexOf(10) + 1);
  const slices: Buffer[] = [];
  for (let from = header.length, second = 0; second < SECONDS && from < all.length; second++) {
    let to = from;
    for (let row = 0; row < ROWS_A_SECOND && to < all.length; row++) to = all.indexOf(10, to) + 1;
    slices.push(Buffer.concat([header, all.subarray(from, to)]));
    from = to;
  }
  return slices;
}

function land(folder: string, family: string, landed: Map<string, number>): void {
  const row = `${new Date().toISOString()},240.0.0.1,248.0.0.1,${family}`;
  writeFileSync(join(folder, `.${family}`), `seen,victim,origin,family\n${row}\n`);
  landed.set(family, Date.now());
  renameSync(join(folder, `.${family}`), join(folder, `${family}.csv`));
}

async function openSink(arrived: Map<string, number>): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const family = /family "([^"]+)"/.exec(
          Buffer.concat(chunks).toString().replaceAll("=\r\n", ""),
        );
        if (family?.[1] !== undefined && !arrived.has(family[1]))
          arrived.set(family[1], Date.now());
        done(null, "taken");
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function configure(
  data: string,
  geo: string,
  folders: { urgent: string; bulk: string },
  port: number,
): void {
  const from = (path: string) => ({ way: "directory", path, settleSeconds: 0 });
  const config = {
    home: [HOME],
    allowReserved: [ALLOWED],
    location: { countryTables: [geo] },
    csvMappings: [
      {
        name: "urgent",
        columns: { time: "seen", victim: "victim", origin: "origin", family: "family" },
        kind: "infected-system",
        tlp: "green",
      },
    ],
    feeds: {
      urgent: { priority: "P1", format: "urgent", from: from(folders.urgent) },
      bulk: { priority: "P4", format: "shadowserver", from: from(folders.bulk) },
    },
    alerting: {
      team: { name: "Bench", from: "bench@bench.invalid", replyTo: "bench@bench.invalid" },
      smtp: { host: "127.0.0.1", port, security: "none" },
      onlyDomains: ["bench.invalid"],
    },
  };
  // JSON is YAML.
  writeFileSync(join(data, "tocsin.yaml"), JSON.stringify(config, undefined, 2));
}

function tocsin(data: string, args: readonly string[], user = "bench"): string {
  const env = { ...process.env, TOCSIN_USER: user };
  return execFileSync(process.execPath, [PROGRAM, ...args, "--data", data], { env }).toString();
}

/** One CSIRT for everything abroad, and the rules that ship, without a cap. */
function prepare(data: string): void {
  const facts = ["--name", "CSIRT", "--kind", "national-csirt", "--country", "US", "--tier", "T2"];
  const more = ["--max-tlp", "green", "--languages", "en", "--contact", CSIRT];
  tocsin(data, ["institution", "add", "csirt", ...facts, ...more, "--answers-for", "248.0.0.0/8"]);
  tocsin(data, ["institution", "verify", CSIRT, "--by", "bench", "--how", "made up"]);
  const rules = join(data, "rules.yaml");
  writeFileSync(
    rules,
    "caps: { perRecipientPerDay: 1000, perRun: 1000 }\nrules:\n  - name: c2\n    when: { side: origin, families: [first, family-*] }\n    send: { digestMinutes: 0 }\n",
  );
  const families = Array.from({ length: SECONDS }, (_, at) => `family-${at}`);
  writeFileSync(rules, readFileSync(rules, "utf8").replace("family-*", families.join(", ")));
  const tried = JSON.parse(tocsin(data, ["rules", "dry-run", rules, "--json"])) as {
    version: string;
  };
  tocsin(data, ["rules", "activate", tried.version]);
}

function openAlerts(data: string): string[] {
  const { alerts } = JSON.parse(tocsin(data, ["alert", "list", "--json"])) as {
    alerts: { id: string; state: { at: string } }[];
  };
  return alerts.filter(({ state }) => state.at === "awaiting-approval").map(({ id }) => id);
}

async function until(so: () => boolean): Promise<void> {
  const last = Date.now() + PATIENCE_MS;
  while (!so() && Date.now() < last) await delay(100);
}
