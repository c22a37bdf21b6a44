import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { type Observed, observe } from "../shared/testing/observe.ts";
import { xarf } from "./index.ts";

const report = (more: object): object => ({
  xarf_version: "4.2.0",
  report_id: "id",
  timestamp: "2024-01-01T00:00:00Z",
  source_identifier: "192.0.2.1",
  ...more,
});
const read = (value: unknown): readonly Observed[] =>
  observe(xarf, "x.json", Buffer.from(JSON.stringify(value))).rows;

describe("xarf", () => {
  it.each(readFixtures(import.meta.url))(
    "reads $file, and what stands after a bad one",
    (fixture) => {
      expect(outcomeOf(xarf, fixture)).toEqual(fixture.expected);
    },
  );

  it("reads one report, and reports line by line", () => {
    const one = report({ category: "messaging", type: "spam" });
    expect(read(one)).toMatchObject([{ kind: "spam", origin: "192.0.2.1" }]);
    const lines = `${JSON.stringify(one)}\n${JSON.stringify(one)}\n`;
    expect(observe(xarf, "x.jsonl", Buffer.from(lines)).rows).toMatchObject([
      { line: 1 },
      { line: 2 },
    ]);
  });

  it.each([
    ["connection", "infected_host", "infected-system", "victim"],
    ["infrastructure", "botnet", "infected-system", "victim"],
    ["infrastructure", "compromised_server", "system-compromise", "victim"],
    ["content", "remote_compromise", "system-compromise", "victim"],
    ["content", "exposed_data", "data-leak", "victim"],
    ["vulnerability", "cve", "vulnerable-system", "victim"],
    ["vulnerability", "open_service", "potentially-unwanted-accessible", "victim"],
    ["connection", "ddos", "ddos", "origin"],
    ["connection", "port_scan", "scanner", "origin"],
    ["connection", "login_attack", "brute-force", "origin"],
    ["connection", "sql_injection", "exploit", "origin"],
    ["connection", "something_new", "undetermined", "origin"],
    ["content", "phishing", "phishing", "origin"],
    ["content", "malware", "malware-distribution", "origin"],
    ["messaging", "something_new", "spam", "origin"],
    ["infrastructure", "c2_server", "c2-server", "origin"],
    ["reputation", "blocklist", "undetermined", "origin"],
  ])("reads %s/%s as %s of the %s", (category, type, kind, side) => {
    expect(read(report({ category, type }))).toMatchObject([{ kind, [side]: "192.0.2.1" }]);
    expect(read(report({ class: category, type }))).toMatchObject([{ kind, [side]: "192.0.2.1" }]);
  });

  it("does not take a crawler of a search engine for an infected host", () => {
    const crawler = report({
      category: "connection",
      type: "infected_host",
      bot_type: "search_engine",
    });
    expect(read(crawler)).toMatchObject([{ kind: "other", origin: "192.0.2.1" }]);
  });
});

const folder = sharedData("xarf/samples/");
const files = (of: string): string[] =>
  folder
    ? readdirSync(join(folder, of), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".json"))
        .map((file) => join(folder, of, file))
    : [];

interface Sample {
  Report: Record<string, string | number | undefined>;
}

describe.skipIf(!folder)("the open XARF samples", () => {
  it.each(files("positive"))("%s is read as its members say", (file) => {
    const bytes = readFileSync(file);
    const { Report: said } = JSON.parse(bytes.toString()) as Sample;
    const { rows, refusals } = observe(xarf, file, bytes);
    expect(refusals).toEqual([]);
    expect(rows.length).toBe(1);
    const [row] = rows;
    expect(row!["seenAt"]).toBe(new Date(String(said["Date"])).toISOString());
    expect(row!["url"]).toBe(said["SourceUrl"]);
    expect(row!["family"]).toBe(said["MalwareName"] ?? said["BotnetName"]);
    const ends = [row!["victim"], row!["origin"]];
    const named = ["SourceIp", "DestinationIp", "AttackerIp"].map((name) => said[name]);
    for (const address of named.filter((one) => one !== undefined)) expect(ends).toContain(address);
    const infected =
      /botnet|openservice/i.test(String(said["ReportType"])) || said["RpzDomain"] !== undefined;
    if (said["SourceIp"] !== undefined)
      expect(row![infected ? "victim" : "origin"]).toBe(said["SourceIp"]);
    if (said["RpzDomain"] !== undefined) expect(row!["originHost"]).toBe(said["RpzDomain"]);
  });

  it.each(files("negative"))(
    "%s is answered with one row or one refusal, whatever is wrong",
    (file) => {
      const bytes = readFileSync(file);
      if (!xarf.recognise({ name: file, head: bytes })) return;
      const { rows, refusals } = observe(xarf, file, bytes);
      expect(rows.length + refusals.length).toBe(1);
    },
  );
});
