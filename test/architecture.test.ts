import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LAYERS } from "../tools/house-rules.mjs";
import { ALLOWED, BROKEN } from "./architecture-fixtures.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
const program = (path: string) => join(repository, "node_modules", path);

/** A tree laid out like ours, in which every rule is broken once. */
let tree: string;
let found: Map<string, readonly string[]>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), "tocsin-walls-"));
  for (const { path, code } of [...BROKEN, ...ALLOWED]) put(path, code);
  found = lint(tree);
});

afterAll(() => rmSync(tree, { recursive: true }));

describe("the linter reports", () => {
  test.each(BROKEN.map(({ path, why, rule }) => [path, why, rule] as const))(
    "%s: %s",
    (path, _why, rule) => {
      expect(found.get(path)).toContain(rule);
    },
  );

  test("every layer of the table at least once", () => {
    const broken = new Set(BROKEN.map(({ path }) => path.split("/")[1]));
    // The composition root may import everything, so it has no wall to break.
    const root = ["main.ts", "wiring"];
    const walled = Object.keys(LAYERS).filter((layer) => !root.includes(layer));
    expect(walled.filter((layer) => !broken.has(layer))).toEqual([]);
  });
});

describe("the linter lets pass", () => {
  test.each(ALLOWED.map(({ path, why }) => [path, why] as const))("%s: %s", (path) => {
    expect(found.get(path) ?? []).toEqual([]);
  });
});

describe("the compiler", () => {
  const outside = ["fetch", "process", "Buffer", "setTimeout", "console", "document"];

  test.each(["core", "app"])("knows nothing of the world outside in src/%s", (layer) => {
    put(
      `src/${layer}/outside.ts`,
      outside.map((name) => `export const my_${name} = ${name};`).join("\n"),
    );
    put(`src/${layer}/disk.ts`, 'export { readFileSync } from "node:fs";');
    put(
      `tsconfig.${layer}.json`,
      JSON.stringify({
        extends: join(repository, `tsconfig.${layer}.json`),
        compilerOptions: { rootDir: "src", noEmit: true, typeRoots: [program("@types")] },
        files: [`src/${layer}/outside.ts`, `src/${layer}/disk.ts`],
        include: [],
        references: [],
      }),
    );
    const said = run(program("typescript/bin/tsc"), ["-p", `tsconfig.${layer}.json`], tree);
    const unknown = [...said.matchAll(/error TS\d+: Cannot find (?:name|module) '([^']+)'/g)];
    expect(new Set(unknown.map(([, name]) => name))).toEqual(new Set([...outside, "node:fs"]));
  });
});

test("this tree keeps the rules of the house", () => {
  const broken = [...lint(repository)].flatMap(([path, rules]) =>
    rules.filter((rule) => /^house|no-cycle/.test(rule)).map((rule) => `${path}: ${rule}`),
  );
  expect(broken).toEqual([]);
}, 120_000);

function put(path: string, code: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), `${code}\n`);
}

/** The rules that each file breaks, by its path. */
function lint(folder: string): Map<string, readonly string[]> {
  const config = ["--config", join(repository, ".oxlintrc.json"), "--format", "json"];
  const said = run(program("oxlint/bin/oxlint"), [...config, "src"], folder);
  const { diagnostics } = JSON.parse(said) as { diagnostics: { filename: string; code: string }[] };
  const rules = new Map<string, string[]>();
  for (const { filename, code } of diagnostics) {
    rules.set(filename, [...(rules.get(filename) ?? []), code]);
  }
  return rules;
}

function run(script: string, args: readonly string[], cwd: string): string {
  return spawnSync(process.execPath, [script, ...args], { cwd, encoding: "utf8" }).stdout;
}
