import { createHmac } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CollectSummary } from "../../src/app/collect/index.ts";
import type { JournalLine } from "../../src/app/collect-ports.ts";
import type { FeedListing } from "../../src/cli/index.ts";
import { freePort } from "../collect/program.ts";
import { ask, initialise, run, start, temporaryFolder, write } from "./program.ts";
import { dayFile } from "./rows.ts";

/** `TOCSIN_KILLS=20` kills more often. */
const KILLS = Number(process.env["TOCSIN_KILLS"] ?? 4);
const REPORTS = 20;
const FILES = 20;
const ROWS = 40;

const folder = temporaryFolder();
const inbox = join(folder, "inbox");
const fetched: string[] = [];
let api = "";

/** The reports API with reports that take their time. */
const server = createServer((request, response) => {
  const path = request.url ?? "";
  if (path === "/api/reports/list") return void list(request).then((text) => response.end(text));
  const id = path.slice(4);
  response.write("");
  setTimeout(() => {
    response.end(dayFile(ROWS, 10_000 + ROWS * Number(id.slice(1))));
    fetched.push(id);
  }, 10);
});

async function list(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const signed = createHmac("sha256", "s3cret").update(Buffer.concat(parts)).digest("hex");
  if (request.headers["hmac2"] !== signed) return '{"error":"signature"}';
  const reports = Array.from({ length: REPORTS }, (_, i) => ({
    id: `r${i}`,
    type: "day",
    file: `2013-01-${10 + i}.csv`,
  }));
  return JSON.stringify(reports);
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(inbox);
});
afterAll(() => void server.close());

/** A data directory with feeds. */
async function withFeeds(name: string, feeds: string): Promise<string> {
  const data = join(folder, name);
  await initialise(data);
  const path = join(data, "tocsin.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace("\nfeeds: {}\n", `\nfeeds:\n${feeds}\n`));
  return data;
}

function journalOf(data: string, feed: string): JournalLine[] {
  const path = join(data, "collect", feed, "journal.jsonl");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as JournalLine);
}

const idsIn = (lines: readonly JournalLine[]): string[] =>
  lines.flatMap((line) => (line.event === "taken" ? line.deliveries.map(({ id }) => id) : []));

const collectOnce = (data: string, ...more: string[]) =>
  ask<CollectSummary>(["collect", "--once", "--data", data, ...more]);

describe("tocsin collect", () => {
  it("fetches nothing twice and loses nothing, wherever a kill strikes", async () => {
    const secret = write(join(folder, "secret"), "s3cret\n");
    const data = await withFeeds(
      "killed",
      `  inbox:
    priority: P1
    schedule: { everyMinutes: 0.1 }
    from: { way: directory, path: ${inbox}, settleSeconds: 0.05, after: delete }
  reports:
    from: { way: shadowserver, keyFile: ${secret}, secretFile: ${secret}, apiUrl: "${api}/api", downloadUrl: "${api}/dl" }`,
    );
    for (let i = 0; i < FILES; i++)
      write(join(inbox, `2013-01-05-${i}.csv`), dayFile(ROWS, ROWS * i));
    for (let kill = 0; kill < KILLS; kill++) {
      const running = start(["collect", "inbox", "reports", "--once", "--data", data]);
      await Promise.race([wait(400 + Math.random() * 1600), running.ended]);
      running.process.kill("SIGKILL");
      await running.ended;
    }
    const last = await collectOnce(data, "inbox", "reports");
    expect(last.feeds).toMatchObject([{ outcome: "collected" }, { outcome: "collected" }]);
    for (const [feed, count] of [
      ["inbox", FILES],
      ["reports", REPORTS],
    ] as const) {
      const ids = idsIn(journalOf(data, feed));
      expect(ids).toHaveLength(count);
      expect(new Set(ids).size).toBe(count);
    }
    // What a kill broke off is fetched again, and that is one for each kill at most.
    expect(fetched.length).toBeLessThanOrEqual(REPORTS + KILLS);
    expect(readdirSync(inbox)).toEqual([]);
    const { stdout } = await run(["doctor", "--json", "--data", data]);
    const { store } = JSON.parse(stdout) as { store: { observations: number } };
    expect(store.observations).toBe((FILES + REPORTS) * ROWS);
    const before = fetched.length;
    const again = await collectOnce(data, "inbox", "reports");
    expect(again.feeds).toMatchObject([
      { deliveries: 0, rows: 0 },
      { deliveries: 0, rows: 0 },
    ]);
    expect(fetched.length).toBe(before);
  });

  it("runs on, takes what comes, and ends well when it is told to", async () => {
    const watched = join(folder, "watched");
    mkdirSync(watched);
    const token = write(join(folder, "token"), "t0ken");
    const port = await freePort();
    const data = await withFeeds(
      "daemon",
      `  watched:
    schedule: { everyMinutes: 0.1 }
    from: { way: directory, path: ${watched}, settleSeconds: 0 }
  pushed:
    priority: P1
    from: { way: push, port: ${port}, tokenFile: ${token} }
  asleep:
    enabled: false
    from: { way: http, url: "http://127.0.0.1:9/" }`,
    );
    write(join(watched, "2013-01-05.csv"), dayFile(10));
    const running = start(["collect", "--data", data, "--json"]);
    const push = (): Promise<number> =>
      fetch(`http://127.0.0.1:${port}/2013-01-06.csv`, {
        method: "POST",
        headers: { authorization: "Bearer t0ken" },
        body: dayFile(10, 50),
      }).then(
        ({ status }) => status,
        () => 0,
      );
    let status = 0;
    for (let tries = 0; tries < 100 && status !== 202; tries++) {
      status = await push();
      await wait(100);
    }
    expect(status).toBe(202);
    const ingested = (feed: string): boolean =>
      journalOf(data, feed).some(({ event }) => event === "ingested");
    for (let tries = 0; tries < 200; tries++) {
      if (ingested("pushed") && ingested("watched")) break;
      await wait(50);
    }
    // Another process may look, but not collect.
    const { feeds } = await ask<{ feeds: FeedListing[] }>(["feeds", "list", "--data", data]);
    expect(feeds).toMatchObject([
      { feed: "watched", way: "directory", deliveries: 1, waiting: 0, failing: null },
      { feed: "pushed", schedule: null, deliveries: 1 },
      { feed: "asleep", enabled: false, dueAt: null },
    ]);
    expect((await run(["collect", "--once", "--data", data])).code).toBe(1);
    running.process.kill("SIGTERM");
    const outcome = await running.ended;
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    expect(outcome.stderr).toContain("pushed: listens");
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      interrupted: true,
      feeds: [
        { feed: "watched", kept: 10 },
        { feed: "pushed", kept: 10 },
      ],
    });
  });

  it("keeps what no format can read until it can be", async () => {
    const odd = join(folder, "odd-files");
    const data = await withFeeds(
      "odd",
      `  odd: { keepDays: 0, from: { way: directory, path: ${odd}, settleSeconds: 0 } }`,
    );
    write(join(odd, "odd.csv"), "when;who\n2013-01-05T10:00:00Z;192.0.2.9\n");
    const first = await ask<CollectSummary>(["collect", "--once", "--data", data], { code: 1 });
    expect(first.feeds).toMatchObject([{ outcome: "collected", deliveries: 1, unread: 1 }]);
    const config = join(data, "tocsin.yaml");
    writeFileSync(config, readFileSync(config, "utf8").replace("\ncsvMappings: []\n", "\n"));
    appendFileSync(
      config,
      'csvMappings: [{ name: odd, delimiter: ";", columns: { time: when, victim: who } }]\n',
    );
    const second = await collectOnce(data, "--retry-unread");
    expect(second.feeds).toMatchObject([{ outcome: "not-due", unread: 0, kept: 1 }]);
    expect(readdirSync(join(data, "collect", "odd", "spool"))).toEqual([]);
  });

  it.each([
    ["a feed that is not there", ["nobody"], "", "feed-unknown"],
    ["no feed at all", [], "", "feed-unknown"],
    [
      "a secret that is not there",
      [],
      `  a: { from: { way: http, url: "http://127.0.0.1:9/", auth: { tokenFile: none } } }`,
      "",
    ],
    [
      "a schedule that is none",
      [],
      `  a: { schedule: { cron: "never" }, from: { way: directory, path: x } }`,
      "config-invalid",
    ],
  ])("says what is wrong: %s", async (name, feeds, config, code) => {
    const data = await withFeeds(name.replaceAll(" ", "-"), config === "" ? "  {}" : config);
    const outcome = await run(["collect", ...feeds, "--once", "--json", "--data", data]);
    expect(outcome.code).toBe(1);
    if (code !== "") expect(JSON.parse(outcome.stderr)).toMatchObject({ error: { code } });
    else expect(outcome.stdout).toContain("cannot be read");
  });
});
