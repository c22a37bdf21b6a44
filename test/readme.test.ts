// Keeps README.md and the pages of docs/ true: their commands run, their options exist, their links lead somewhere.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../src/cli/index.ts";
import { parseConfig } from "../src/config/index.ts";
import { Fault } from "../src/core/fault.ts";
import * as report from "../src/report/situation/index.ts";
import { openWorkbench } from "../src/wiring/index.ts";
import { FakeCli } from "./cli-surroundings.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const MADE_BY_NPM_RUN_DOCS = "docs/faults.md";

const readme = textOf("README.md");
const pages = [
  "README.md",
  ...["docs", "docs/decisions", "changelog.d"].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
].filter((page) => page !== MADE_BY_NPM_RUN_DOCS);

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

/** The fenced blocks of a language. */
function blocksOf(text: string, language: string): string[] {
  const fences = text.matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...fences].filter(([, of]) => of === language).map(([, , block]) => block!);
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```\w*\n.*?^```$/gms, "");
}

/** What stands between backticks in running text. */
function spansOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, span]) => span!);
}

/** The arguments of each `tocsin ...` line of the shell blocks. */
function commandsOf(text: string): string[][] {
  return blocksOf(text, "sh")
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("tocsin "))
    .map((line) => line.replace(/\s#.*/, "").trim().split(/\s+/).slice(1));
}

const GROUPS = new Set([
  "batches",
  "quarantine",
  "location",
  "feeds",
  "export",
  "institution",
  "rules",
  "inhibit",
  "incident",
  "alert",
  "outbox",
  "task",
  "answer",
  "key",
]);

/** The command that arguments name: `quarantine show`, `ingest`. */
function nameOf([first = "", second = ""]: readonly string[]): string[] {
  return GROUPS.has(first) && /^[a-z]+(-[a-z]+)*$/.test(second) ? [first, second] : [first];
}

const cli = new FakeCli(join(tmpdir(), "tocsin-absent"));
const helps = new Map<string, string>();

async function helpOf(command: readonly string[]): Promise<string> {
  const name = command.join(" ");
  let help = helps.get(name);
  if (help === undefined) {
    const outcome = await cli.run(...command, "--help");
    expect(outcome, `tocsin ${name} is no command`).toMatchObject({ code: 0 });
    helps.set(name, (help = outcome.out));
  }
  return help;
}

function flagsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag);
}

/** Three computers in Norway, two origins, and one row that is bad; the addresses are those of documentation. */
const REPORT = [
  "timestamp,src_ip,dst_ip,infection",
  "2024-03-01 08:00:00,192.0.2.1,198.51.100.23,gafgyt",
  "2024-03-01 08:05:00,192.0.2.300,198.51.100.23,gafgyt",
  "2024-03-01 08:10:00,192.0.2.2,198.51.100.23,gafgyt",
  "2024-03-02 09:00:00,192.0.2.3,203.0.113.44,mirai",
];
const DELEGATIONS = [
  "2|ripencc|20240331|3|19830705|20240331|+0100",
  "ripencc|NO|ipv4|192.0.2.0|256|20000101|allocated|1",
  "ripencc|US|ipv4|198.51.100.0|256|20000101|allocated|2",
  "ripencc|DE|ipv4|203.0.113.0|256|20000101|allocated|3",
];

/** The commands that end otherwise than with 0 on these files. */
const CODES: Readonly<Record<string, number>> = {
  ingest: 3,
  doctor: 4,
  "quarantine retry": 3,
  "batches reread": 3,
};

/** Runs `tocsin ARGS` in this process, on the real store. */
async function tocsin(
  argv: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const sink = (into: string[]) =>
    ({
      isTTY: false,
      write: (text: string) => into.push(text) > 0,
      on: () => undefined,
    }) as unknown as NodeJS.WriteStream;
  const now = (): Date => new Date();
  const stdin = { isTTY: false } as NodeJS.ReadStream;
  const code = await runCli({
    argv,
    env: { LANG: "C" },
    stdout: sink(out),
    stderr: sink(err),
    stdin,
    version: "0.0.0",
    now,
    openWorkbench: (dataDir, configFile) =>
      openWorkbench({ dataDir, configFile, command: "tocsin", stdin, now }),
    makeReplay: () => Promise.reject(new Fault("usage", "the README's test makes no replay")),
    threatfoxHistory: "",
    report,
  });
  return { code, out: out.join(""), err: err.join("") };
}

describe("README.md", () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "tocsin-readme-"));
  beforeAll(() => {
    process.chdir(folder);
    mkdirSync("reports");
    writeFileSync("reports/2024-03-01-event4_sinkhole-norway.csv", `${REPORT.join("\n")}\n`);
    writeFileSync("delegated-ripencc-extended-latest", `${DELEGATIONS.join("\n")}\n`);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  it("shows commands that run in this order, and the answer that they give", async () => {
    const commands = commandsOf(readme);
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands) {
      const { code, err } = await tocsin(command);
      expect(code, `tocsin ${command.join(" ")}\n${err}`).toBe(
        CODES[nameOf(command).join(" ")] ?? 0,
      );
      if (command[0] === "init") allowDocumentation("tocsin-data/tocsin.yaml");
    }
    const { out } = await tocsin("situation --from 2024-03-01 --to 2024-03-31 --json".split(" "));
    const shown = JSON.parse(blocksOf(readme, "json")[0]!) as { byCountry: object[] };
    expect(JSON.parse(out)).toMatchObject({
      ...shown,
      byCountry: [...shown.byCountry, { country: "DE" }],
    });
  }, 60_000);

  it("shows configuration that is taken as it stands", () => {
    const blocks = blocksOf(readme, "yaml");
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) parseConfig(`home: [NO]\n${block}`, "README.md");
  });

  it("tells every exit code", async () => {
    const told = (await helpOf([])).split("Exit codes:")[1]!;
    const codes = [...told.matchAll(/\b(\d+) /g)].map(([, code]) => code);
    const rows = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => code);
    expect(rows).toEqual(codes);
  });
});

/** The reader's own addresses are real; those of the test need leave to count. */
function allowDocumentation(config: string): void {
  const networks = "[192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24]";
  const text = readFileSync(config, "utf8");
  writeFileSync(config, text.replace("allowReserved: []", `allowReserved: ${networks}`));
}

describe.each(pages)("%s", (page) => {
  const text = textOf(page);

  it("names commands and options that exist", async () => {
    const spans = spansOf(text);
    const named = spans
      .filter((span) => /^tocsin [a-z]/.test(span))
      .map((span) => span.split(/\s+/).slice(1));
    for (const command of [...named, ...commandsOf(text)]) {
      const help = await helpOf(nameOf(command));
      for (const flag of flagsIn(command.join(" "))) expect(help).toMatch(flagPattern(flag));
    }
    const all = await everyHelp();
    for (const flag of spans.filter((span) => span.startsWith("--")).flatMap(flagsIn))
      expect(all).toMatch(flagPattern(flag));
  });

  it("names npm scripts that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    for (const [, script] of text.matchAll(/\bnpm (?:run )?(start|test|\w+(?=`))/g))
      expect(Object.keys(scripts)).toContain(script);
  });

  it("links to what is there", () => {
    for (const [, target] of withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target!)) continue;
      const [path, anchor] = target!.split("#") as [string, string?];
      const file = path === "" ? page : join(dirname(page), path);
      expect(existsSync(join(ROOT, file)), `${page}: ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(textOf(file))).toContain(anchor);
    }
  });
});

function flagPattern(flag: string): RegExp {
  return new RegExp(`${flag}(?![\\w-])`);
}

/** The helps of all commands in one text. */
async function everyHelp(): Promise<string> {
  const commands = [...(await helpOf([])).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
  const texts = [await helpOf([])];
  for (const name of commands.filter((command) => command !== "help" && command !== "tocsin")) {
    const help = await helpOf([name]);
    texts.push(help);
    if (!GROUPS.has(name)) continue;
    for (const [, inner] of help.matchAll(/^ {2}([a-z]+) /gm))
      if (inner !== "help") texts.push(await helpOf([name, inner!]));
  }
  return texts.join("\n");
}

/** The anchors that the headings of a page have on the web. */
function anchorsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
