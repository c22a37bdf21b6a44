import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedSummary } from "../../app/collect/index.ts";
import type { FeedListing } from "../workbench.ts";
import { fill, FakeCli } from "../../../test/cli-surroundings.ts";
import { parseConfig } from "../../config/index.ts";
import { answers } from "../schemas/index.ts";

let dir: string;
let cli: FakeCli;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-cli-"));
  cli = new FakeCli(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A store with two months, two countries, one web site and one refused row. */
async function withRows(): Promise<void> {
  writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
  await fill(cli.store(), "sinkhole", [
    { day: "2013-01-02", victim: "192.0.2.1", origin: "198.51.100.1", family: "virut" },
    { day: "2013-02-03", victim: "192.0.2.1", origin: "203.0.113.1", family: "zeus" },
    { day: "2013-02-04", victim: "192.0.2.2", origin: "198.51.100.1", family: "virut" },
    { day: "2013-02-05", victim: "198.51.100.9", origin: "203.0.113.1" },
    { day: "2013-02-05" },
    { day: "2013-02-06", host: "www.example.gov.cn", origin: "198.51.100.2", kind: "web-backdoor" },
  ]);
}

describe("tocsin situation", () => {
  beforeEach(withRows);

  it("answers as its schema says, for the whole span by default", async () => {
    const run = await cli.run("situation", "--json", "--by", "month");
    const answer = answers.situation.parse(run.json());
    expect(run.code).toBe(0);
    expect(answer.period).toEqual({
      from: "2013-01-02",
      until: "2013-02-07",
      lastDay: "2013-02-06",
    });
    expect(answer.total).toMatchObject({ victims: 2, origins: 2 });
    expect(answer.by?.rows.map(({ key, victims }) => [key, victims])).toEqual([
      ["2013-01", 1],
      ["2013-02", 2],
    ]);
    expect(answer.websites.bySector).toMatchObject([{ sector: "government", websites: 1 }]);
    expect(answer.excluded.foreignVictim.observations).toBe(1);
  });

  it("counts the last day too", async () => {
    const run = await cli.run("situation", "--json", "--from", "2013-02-03", "--to", "2013-02-04");
    expect(answers.situation.parse(run.json()).total).toMatchObject({ victims: 2, origins: 2 });
  });

  it("prints statement, ranking, exclusions and basis", async () => {
    const { out } = await cli.run("situation");
    expect(out).toContain("2 computers in China were controlled or affected by 2 threats");
    expect(out).toMatch(/United States\s+1\s+50\.0%\s+2\s+100\.0%\s+1/);
    expect(out).toContain("victim is abroad");
    expect(out).toContain("location table: test of 2013-06-01");
  });

  it.each([["--lang", "zh"], ["--lang=zh"]])("speaks Chinese with %s", async (...flag) => {
    const { out } = await cli.run(...flag, "situation");
    expect(out).toContain("中国境内2台主机受到境外2个IP地址的威胁控制或影响");
    expect(out).toMatch(/美国\s+1/);
  });

  it("speaks Chinese where the configuration or the terminal does", async () => {
    cli.env = { LANG: "zh_CN.UTF-8" };
    expect((await cli.run("situation")).out).toContain("美国");
    cli.env = {};
    writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\nlanguage: zh\n");
    expect((await cli.run("situation")).out).toContain("美国");
  });

  it.each([
    [["--from", "2013-02-30"], "no day of the calendar: 2013-02-30"],
    [["--from", "2013-02-02", "--to", "2013-02-01"], "ends before it begins"],
    [["--home", "CN,XX"], "XX"],
    [["--kind", "bot"], "no such kind: bot"],
    [["--by", "colour"], "colour"],
  ])("refuses %j as usage", async (argv, why) => {
    const run = await cli.run("situation", ...argv);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.err).toContain(`tocsin: `);
    expect(run.err).toContain(why);
  });
});

describe("tocsin rank", () => {
  it("ranks by what is asked, and tells how much it left out", async () => {
    await withRows();
    const run = await cli.run("rank", "--by", "family", "--top", "1", "--json");
    const answer = answers.rank.parse(run.json());
    expect(answer.rows).toMatchObject([{ rank: 1, key: "virut", victims: 2, victimRank: 1 }]);
    expect(answer.more).toBeGreaterThan(0);
    expect((await cli.run("rank")).out).toMatch(/1\s+United States/);
  });
});

describe("tocsin origin and tocsin victim", () => {
  beforeEach(withRows);

  it("tell what is known", async () => {
    const run = await cli.run("origin", "198.51.100.1", "--json");
    const { facts } = answers.origin.parse(run.json());
    expect(facts).toMatchObject({ side: "origin", counterparts: 2, observations: 2 });
    expect((await cli.run("origin", "198.51.100.1")).out).toContain("United States (US)");
    expect((await cli.run("victim", "www.Example.gov.cn")).out).toContain("www.example.gov.cn");
  });

  it("say so when nothing is known, and refuse what is no address", async () => {
    const run = await cli.run("victim", "192.0.2.200", "--json");
    expect(answers.victim.parse(run.json())).toEqual({
      side: "victim",
      address: "192.0.2.200",
      facts: null,
    });
    expect((await cli.run("victim", "192.0.2.300")).code).toBe(2);
    expect((await cli.run("origin", "example.org")).code).toBe(2);
  });
});

describe("tocsin ingest", () => {
  beforeEach(() => writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n"));

  const file = {
    path: "a.csv",
    feed: "f",
    format: "test",
    type: "test",
    outcome: "stored",
    rows: 5,
    kept: 1,
    duplicate: 1,
    refused: 1,
    skipped: 2,
    notes: [],
  } as const;

  it("hands paths and options on, and ends with 0", async () => {
    const run = await cli.run("ingest", "a.csv", "-", "--feed", "f", "--jobs", "2", "--dry-run");
    expect(run.code).toBe(0);
    expect(cli.asked).toEqual([
      { paths: ["a.csv", "-"], options: { feed: "f", jobs: 2, dryRun: true } },
    ]);
  });

  it("ends with 3 when rows were refused, and shows where", async () => {
    cli.summary = {
      files: [file],
      rows: 5,
      kept: 1,
      duplicate: 1,
      refused: 1,
      skipped: 2,
      reasons: { "time-invalid": 1 },
      skips: { "names-no-host": 2 },
      samples: [{ path: "a.csv", line: 7, reason: "time-invalid", raw: "x\u001b[2Jy" }],
    };
    const run = await cli.run("ingest", "a.csv");
    expect(run.code).toBe(3);
    expect(run.out).toContain("1  time that is none (time-invalid)");
    expect(run.out).toContain("2  names no address and no host (names-no-host)");
    expect(run.out).toContain("a.csv:7: time that is none: x·[2Jy");
    const json = await cli.run("ingest", "a.csv", "--json");
    expect(answers.ingest.parse(json.json()).refused).toBe(1);
  });

  it("ends with 0 when elements were only skipped", async () => {
    cli.summary = { files: [file], rows: 2, skipped: 2, skips: { "no-report": 2 } };
    expect((await cli.run("ingest", "a.csv")).code).toBe(0);
  });

  it("ends with 1 when a file failed, and says why", async () => {
    cli.summary = { files: [{ ...file, outcome: "failed", problem: "cut short" }] };
    const run = await cli.run("ingest", "a.csv");
    expect(run.code).toBe(1);
    expect(run.out).toContain("a.csv: cut short");
  });

  it("says so when it was interrupted before the first file", async () => {
    cli.summary = { interrupted: true };
    const run = await cli.run("ingest", "a.csv");
    expect(run.out).toBe("Interrupted before the first file was read. Nothing was stored.\n");
  });

  it("ends with 130 when it was interrupted", async () => {
    cli.summary = { interrupted: true };
    expect((await cli.run("ingest", "a.csv")).code).toBe(130);
  });

  it.each([[["ingest"]], [["ingest", "a", "--jobs", "0"]], [["ingest", "a", "--job", "2"]]])(
    "refuses %j as usage",
    async (argv) => {
      expect((await cli.run(...argv)).code).toBe(2);
    },
  );
});

describe("tocsin collect", () => {
  beforeEach(() => writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n"));

  const feed: FeedSummary = {
    feed: "reports",
    outcome: "collected",
    deliveries: 2,
    bytes: 2048,
    rows: 30,
    kept: 28,
    duplicate: 2,
    refused: 0,
    skipped: 0,
    unread: 0,
  };

  it("hands feeds and options on, tells what happens, and sums up", async () => {
    cli.collected = { feeds: [feed] };
    const named = { feed: "reports" };
    cli.collectEvents = [
      { event: "listening", ...named },
      { event: "taken", ...named, deliveries: 2, bytes: 2048 },
      { event: "ingested", ...named, deliveries: 2, rows: 30, kept: 28, refused: 0 },
      { event: "unread", ...named, name: "x\u001b[2J.csv", problem: "no format" },
      { event: "failure", ...named, code: "feed-refused", message: "401", retryAt: "2013-06-04" },
    ];
    const run = await cli.run("collect", "reports", "--once", "--retry-unread");
    expect(run.code).toBe(0);
    expect(cli.asked).toEqual([{ feeds: ["reports"], once: true, retryUnread: true }]);
    expect(run.out).toMatch(/reports\s+collected\s+2\s+2\S* kB\s+30\s+28\s+2\s+0/);
    expect(run.err.split("\n")).toEqual([
      "2013-06-03T08:00:00.000Z reports: listens",
      expect.stringContaining("reports: 2 taken"),
      expect.stringContaining("reports: 2 ingested: 30 rows, 28 kept, 0 refused"),
      expect.stringContaining(".csv could not be read: no format"),
      expect.stringContaining("reports: 401; next try 2013-06-04"),
      "",
    ]);
    expect(run.err).not.toContain("\u001b");
    const chinese = await cli.run("--lang", "zh", "collect", "--once");
    expect(chinese.out).toContain("已采集");
    const json = await cli.run("collect", "--once", "--json");
    expect(answers.collect.parse(json.json())).toEqual({ feeds: [feed], interrupted: false });
  });

  it.each([
    [{ feeds: [{ ...feed, refused: 1 }] }, ["--once"], 3],
    [{ feeds: [{ ...feed, unread: 1 }] }, ["--once"], 1],
    [{ feeds: [{ ...feed, outcome: "failed" as const, problem: "no answer" }] }, ["--once"], 1],
    [{ feeds: [feed], interrupted: true }, ["--once"], 130],
    [{ feeds: [feed], interrupted: true }, [], 0],
  ])("of %j with %j ends with %i", async (collected, options, code) => {
    cli.collected = collected;
    expect((await cli.run("collect", ...options)).code).toBe(code);
  });
});

describe("tocsin feeds list", () => {
  it("shows each feed that is collected, and what ails it", async () => {
    writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
    expect((await cli.run("feeds", "list")).out).toContain("No feed in tocsin.yaml");
    const listing: FeedListing = {
      feed: "reports",
      way: "shadowserver",
      format: "auto",
      enabled: true,
      priority: "P1",
      tlp: "amber",
      about: { provider: "a peer" },
      schedule: { everyMinutes: 60 },
      dueAt: "2013-06-03T09:00:00.000Z",
      lastRunAt: null,
      lastTakenAt: null,
      deliveries: 3,
      bytes: 10,
      waiting: 1,
      unread: 0,
      failing: { failures: 2, code: "feed-refused", message: "401", retryAt: "2013-06-03" },
    };
    cli.listings = [
      listing,
      { ...listing, feed: "pushed", schedule: null, dueAt: null, failing: null },
      { ...listing, feed: "off", enabled: false, dueAt: null, failing: null },
    ];
    const { out } = await cli.run("feeds", "list");
    expect(out).toMatch(/reports\s+shadowserver\s+P1\s+2013-06-03T09:00:00.000Z\s+never\s+3/);
    expect(out).toContain("reports: failed 2 times in a row: 401");
    expect(out).toMatch(/pushed .* listens/);
    expect(out).toMatch(/off .* disabled/);
    const json = await cli.run("feeds", "list", "--json");
    expect(answers["feeds-list"].parse(json.json()).feeds).toEqual(cli.listings);
  });
});

describe("tocsin init", () => {
  it("sets up without asking, and does not write over what is there", async () => {
    const table = join(dir, "geo.csv");
    writeFileSync(table, "");
    const given = ["--yes", "--home", "cn,HK", "--location-table", table];
    const run = await cli.run("init", ...given, "--allow-reserved", "240.0.0.0/4");
    expect(run.code).toBe(0);
    expect(cli.imported).toEqual([[table]]);
    const text = readFileSync(join(dir, "tocsin.yaml"), "utf8");
    expect(text).toContain("home: [CN, HK]");
    expect(text).toContain("allowReserved: [240.0.0.0/4]");
    const again = await cli.run("init", "--yes", "--home", "NO");
    expect(again.code).toBe(1);
    expect(readFileSync(join(dir, "tocsin.yaml"), "utf8")).toBe(text);
    expect((await cli.run("init", "--yes", "--home", "NO", "--force")).code).toBe(0);
    expect(readFileSync(join(dir, "tocsin.yaml.before"), "utf8")).toBe(text);
  });

  it.each(["en", "zh"])(
    "ends with what to do next, with commands that exist (%s)",
    async (lang) => {
      const { out } = await cli.run("init", "--yes", "--home", "NO", "--lang", lang);
      const lines = out.split("\n").filter((line) => line.includes("tocsin "));
      const commands = lines.flatMap((line) => / {2}tocsin (.*?) {2,}/.exec(line)?.[1] ?? []);
      expect(commands).toEqual([
        "institution import csirt-list",
        "rules dry-run --since 30d",
        "rules activate VERSION",
        "run",
      ]);
      for (const command of commands)
        expect((await cli.run(...command.split(" "), "--help")).code, command).toBe(0);
    },
  );

  it.each([
    [["--yes"], 2],
    [["--home", "CN"], 2],
    [["--yes", "--home", "XX"], 2],
    [["--yes", "--home", "CN", "--location-table", "absent.csv"], 1],
    [["--yes", "--home", "CN", "--allow-reserved", "240.0.0.0"], 1],
  ])("refuses %j and leaves nothing behind", async (argv, code) => {
    expect((await cli.run("init", ...argv)).code).toBe(code);
    expect(existsSync(join(dir, "tocsin.yaml"))).toBe(false);
  });
});

describe("tocsin quarantine", () => {
  beforeEach(withRows);

  it("lists, shows and retries refused rows", async () => {
    const list = answers["quarantine-list"].parse(
      (await cli.run("quarantine", "list", "--json")).json(),
    );
    expect(list.waiting).toBe(1);
    const id = list.first[0]!.id;
    expect((await cli.run("quarantine", "list")).out).toContain("sinkhole.csv:5");
    expect((await cli.run("quarantine", "show", id)).out).toContain("no address and no host");
    const retry = await cli.run("quarantine", "retry", "--reason", "address-missing", "--json");
    expect(answers["quarantine-retry"].parse(retry.json())).toEqual({ tried: 2, taken: 1 });
    expect(retry.code).toBe(3);
    expect(cli.asked).toEqual([{ reason: "address-missing" }]);
    expect((await cli.run("quarantine", "show", "none")).code).toBe(2);
  });
});

const listingOf = (feed: string): FeedListing => ({
  feed,
  way: "directory",
  format: "auto",
  enabled: true,
  priority: "P3",
  tlp: null,
  about: null,
  schedule: { everyMinutes: 60 },
  dueAt: null,
  lastRunAt: null,
  lastTakenAt: null,
  deliveries: 3,
  bytes: 3,
  waiting: 0,
  unread: 0,
  failing: null,
});

describe("tocsin doctor", () => {
  it("says how to set up an empty directory", async () => {
    const run = await cli.run("doctor");
    expect(run.code).toBe(4);
    expect(run.out).toContain("tocsin init");
  });

  it("finds what is wrong, each with what mends it", async () => {
    await withRows();
    writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\nallowReserved: [240.0.0.0/4]\n");
    const run = await cli.run("doctor", "--json");
    const { problems, store } = answers.doctor.parse(run.json());
    expect(run.code).toBe(4);
    expect(problems.map(({ code }) => code).filter((code) => code !== "disk-low")).toEqual([
      "reserved-allowed",
      "quarantine",
    ]);
    expect(problems.every(({ mend }) => mend !== "")).toBe(true);
    expect(store?.observations).toBe(5);
  });

  it("names the feeds of which deliveries wait that nobody could read, and what to do", async () => {
    await withRows();
    cli.listings = [{ ...listingOf("reports"), unread: 3 }, listingOf("well")];
    const { problems } = answers.doctor.parse((await cli.run("doctor", "--json")).json());
    expect(problems.find(({ code }) => code === "unread")).toMatchObject({
      says: expect.stringContaining("3 deliveries of the feed reports") as string,
      mend: expect.stringContaining("tocsin collect reports --once --retry-unread") as string,
    });
  });

  it("tells of a configuration with mistakes and of a directory in use", async () => {
    writeFileSync(join(dir, "tocsin.yaml"), "home: [XX]\n");
    expect((await cli.run("doctor")).out).toContain("home[0]");
    writeFileSync(join(dir, "tocsin.yaml"), "home: [CN]\n");
    cli.inUse = true;
    expect((await cli.run("doctor")).out).toContain("in use by process 1");
  });
});

describe("tocsin feeds status", () => {
  const daily = (days: readonly number[]) =>
    days.map((day) => ({
      day: `2013-05-${String(day).padStart(2, "0")}`,
      victim: `192.0.2.${day}`,
      origin: "198.51.100.1",
    }));

  beforeEach(() => {
    const feeds =
      "feeds: { sinkhole: { expectEveryDays: 1 }, other: {}, idle: { enabled: false } }";
    writeFileSync(join(dir, "tocsin.yaml"), `home: [CN]\n${feeds}\n`);
  });

  it("says which days are missing of which feed, and what helps", async () => {
    await fill(cli.store(), "sinkhole", daily([28, 29]));
    await fill(cli.store(), "sinkhole", daily([31]));
    const run = await cli.run("feeds", "status", "--json", "--days", "7");
    const { feeds } = answers["feeds-status"].parse(run.json());
    expect(run.code).toBe(4);
    expect(feeds).toMatchObject([
      { feed: "other", state: "never", mend: "tocsin ingest PATH --feed other" },
      { feed: "sinkhole", state: "late", rhythm: "every", batches: 2, down: ["2013-05-30"] },
    ]);
    expect(feeds[1]?.late).toEqual(["2013-06-01"]);
    expect(feeds[1]?.days.map(({ day, observations }) => [day, observations])).toEqual([
      ["2013-05-28", 1],
      ["2013-05-29", 1],
      ["2013-05-30", 0],
      ["2013-05-31", 1],
      ["2013-06-01", 0],
      ["2013-06-02", 0],
      ["2013-06-03", 0],
    ]);
    const { out } = await cli.run("feeds", "status", "sinkhole");
    expect(out).toContain("the feed sinkhole is late: what was due after 2013-05-31");
    expect(out).toMatch(/2013-05-30\s+yes\s+0/);
    expect((await cli.run("doctor")).out).toContain("nothing has come of the feed other yet");
    expect((await cli.run("feeds", "status", "none")).err).toContain("there is no feed none");
  });

  it("says by how many hours a feed is late that comes more often than daily", async () => {
    const schedule = "schedule: { cron: '15 */6 * * *' }";
    writeFileSync(join(dir, "tocsin.yaml"), `home: [CN]\nfeeds: { sinkhole: { ${schedule} } }\n`);
    await fill(cli.store(), "sinkhole", daily([28, 29]));
    const run = await cli.run("feeds", "status", "--json");
    const [feed] = answers["feeds-status"].parse(run.json()).feeds;
    expect(feed).toMatchObject({ dueAt: expect.stringMatching(/:15:00.000Z$/) as string });
  });

  it("has the situation say what is missing, until the late file comes", async () => {
    await fill(cli.store(), "sinkhole", daily([28, 29]));
    await fill(cli.store(), "sinkhole", daily([31]));
    const may = ["situation", "--from", "2013-05-01", "--to", "2013-05-31"];
    const asked = async () =>
      answers.situation.parse((await cli.run(...may, "--json")).json()).basis.feeds;
    expect(await asked()).toMatchObject([{ name: "sinkhole", down: ["2013-05-30"], late: [] }]);
    expect((await cli.run(...may)).out).toContain("not zero rows): 2013-05-30");
    expect((await cli.run(...may, "--lang", "zh")).out).toContain("缺 1 天");
    await fill(cli.store(), "sinkhole", daily([30]));
    expect(await asked()).toMatchObject([{ name: "sinkhole", down: [], late: [] }]);
  });
});

describe("tocsin feeds catalogue and add", () => {
  it("shows what there is, and one with what is to be filled in", async () => {
    const run = await cli.run("feeds", "catalogue", "--json");
    const { feeds } = answers["feeds-catalogue"].parse(run.json());
    expect(feeds.length).toBeGreaterThan(20);
    expect(feeds.every(({ definition }) => definition["enabled"] === false)).toBe(true);
    const { out } = await cli.run("feeds", "catalogue", "shadowserver");
    expect(out).toContain("keyFile: secrets/shadowserver-key");
    expect(out).toContain("from.keyFile: a file with the API key");
    expect((await cli.run("feeds", "catalogue", "none")).err).toContain("no feed none");
  });

  it("adds one to the configuration, which stays as it was", async () => {
    const file = join(dir, "tocsin.yaml");
    const before = "# Ours.\nhome: [CN] # and no other\nfeeds: {}\n\n# The end.\nlanguage: en\n";
    writeFileSync(file, before);
    const run = await cli.run("feeds", "add", "urlhaus", "--json");
    expect(answers["feeds-add"].parse(run.json())).toMatchObject({ enabled: false, needs: [] });
    const more = await cli.run("feeds", "add", "shadowserver", "--as", "ours", "--enable");
    expect(more.out).toContain("from.secretFile");
    const after = readFileSync(file, "utf8");
    for (const line of before.split("\n").filter((of) => of && of !== "feeds: {}"))
      expect(after).toContain(line);
    const { feeds } = parseConfig(after, file);
    expect(feeds["urlhaus"]).toMatchObject({ enabled: false, about: { provider: "abuse.ch" } });
    expect(feeds["ours"]).toMatchObject({ enabled: true, format: "shadowserver" });
    expect(after).toContain("# Fill in from.keyFile");
    expect((await cli.run("feeds", "add", "urlhaus")).err).toContain("already");
    expect(readFileSync(file, "utf8")).toBe(after);
  });
});

describe("tocsin batches", () => {
  beforeEach(withRows);

  it("lists what was stored", async () => {
    const run = await cli.run("batches", "list", "--json", "--feed", "sinkhole");
    const { batches } = answers["batches-list"].parse(run.json());
    expect(batches).toMatchObject([{ batch: 1, feed: "sinkhole", rows: 6, refused: 1 }]);
    expect((await cli.run("batches", "list")).out).toMatch(/1\s+2013-06-03T08:00:00Z\s+sinkhole/);
  });

  it("has batches read again, and tells what became of them", async () => {
    const before = { rows: 6, kept: 5, duplicate: 0, refused: 1, skipped: 0 };
    const file = { path: "a.csv", feed: "sinkhole", replaced: [1], before };
    cli.reread = {
      files: [
        { ...file, batch: 2, after: { ...before, kept: 6, refused: 0 }, mappings: ["a.1", "a.2"] },
      ],
      mayMiss: [7],
    };
    const run = await cli.run("batches", "reread", "1", "--json");
    expect(answers["batches-reread"].parse(run.json())).toEqual(cli.reread);
    expect(run.code).toBe(0);
    expect(cli.asked).toEqual([{ ids: [1] }]);
    const { out } = await cli.run("batches", "reread", "--feed", "sinkhole");
    expect(out).toContain("1 \u2192 0");
    expect(out).toContain("read them again too: 7");
    const gone = { ...file, batch: null, after: null, problem: "a.csv is not there any more" };
    cli.reread = { files: [{ ...gone, mappings: ["a.1", null] }], mayMiss: [] };
    const failed = await cli.run("batches", "reread", "1");
    expect(failed.code).toBe(1);
    expect(failed.out).toContain("not there any more");
    expect((await cli.run("batches", "reread")).code).toBe(2);
  });
});

describe("tocsin export", () => {
  beforeEach(withRows);

  it("writes to a file and keeps back what is marked higher", async () => {
    const path = join(dir, "out.jsonl");
    const argv = ["export", "observations", "--format", "jsonl", "--out", path];
    const run = await cli.run(...argv, "--max-tlp", "clear");
    expect(run.code).toBe(0);
    expect(run.err).toContain("5 withheld: marked above TLP:CLEAR");
    expect((await cli.run(...argv)).code).toBe(1);
    const forced = await cli.run(...argv, "--force", "--kind", "web-backdoor");
    expect(forced.err).toContain("1 observations written");
    expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(1);
  });

  it("does not write parquet to standard output", async () => {
    expect((await cli.run("export", "observations", "--format", "parquet")).code).toBe(2);
  });
});

describe("tocsin location and tocsin feeds", () => {
  it("answer as their schemas say", async () => {
    const show = await cli.run("location", "show", "--json");
    expect(answers["location-show"].parse(show.json()).name).toBe("test");
    const taken = await cli.run("location", "import", "geo.csv", "--json");
    expect(answers["location-import"].parse(taken.json()).imports).toHaveLength(1);
    const formats = await cli.run("feeds", "formats", "--json");
    expect(answers["feeds-formats"].parse(formats.json()).formats).toHaveLength(1);
  });
});
