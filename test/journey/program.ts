import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, vi } from "vitest";
import type { IngestSummary } from "../../src/app/ingest-report.ts";

// Each journey starts the program some times: long enough for a machine that does other things as well.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The built program. */
export const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** How a run of the program ended. */
export interface Outcome {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; nothing unless given. `null`: it stays open. */
  readonly stdin?: string | Uint8Array | null;
  /** Runs before the program in the same shell, such as `ulimit -f 100`. */
  readonly shell?: string;
}

/** A run that has not ended yet. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
}

/** Starts `tocsin ARGS`. */
export function start(args: readonly string[], options: RunOptions = {}): Running {
  const { cwd, env, stdin, shell } = options;
  const [command, ...rest] = shell
    ? ["sh", "-c", `${shell}; exec "$@"`, "sh", process.execPath, MAIN, ...args]
    : [process.execPath, MAIN, ...args];
  const child = spawn(command!, rest, {
    cwd,
    env: { ...process.env, TOCSIN_DATA: "", LANG: "C.UTF-8", LC_ALL: "", NO_COLOR: "1", ...env },
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => undefined);
  if (stdin !== null) child.stdin.end(stdin ?? "");
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject).on("close", (code) =>
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
  return { process: child, ended };
}

/** Runs `tocsin ARGS` to its end. */
export function run(args: readonly string[], options?: RunOptions): Promise<Outcome> {
  return start(args, options).ended;
}

/** Runs a command with `--json` that must end with `code`, and gives what it printed. */
export async function ask<T>(
  args: readonly string[],
  { code = 0, ...options }: RunOptions & { code?: number } = {},
): Promise<T> {
  const outcome = await run([...args, "--json"], options);
  expect(outcome, outcome.stderr).toMatchObject({ code });
  return JSON.parse(outcome.stdout) as T;
}

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-journey-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file, with the folders that it needs, and gives its path. */
export function write(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Where the documentation addresses are in the journeys. */
const GEO = [
  "network,country",
  "192.0.2.0/24,CN",
  "198.51.100.0/24,US",
  "203.0.113.0/24,DE",
  "2001:db8:1::/48,CN",
  "2001:db8:2::/48,US",
];

const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"];

/** Sets a data directory up in which the documentation addresses count. */
export async function initialise(dataDir: string): Promise<void> {
  const geo = write(`${dataDir}-geo.csv`, `${GEO.join("\n")}\n`);
  const asn = write(`${dataDir}-asn.txt`, "192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n");
  const reserved = DOCUMENTATION.flatMap((network) => ["--allow-reserved", network]);
  const init = ["init", "--yes", "--home", "CN", "--location-table", geo, "--asn-table", asn];
  const outcome = await run([...init, ...reserved, "--data", dataDir]);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
}

/** A data directory of its own, like another one. */
export function copyOf(dataDir: string, name: string): string {
  const copy = join(dirname(dataDir), `data-${name}`);
  cpSync(dataDir, copy, { recursive: true });
  return copy;
}

/** Ingests, and gives the summary. */
export function ingest(
  dataDir: string,
  paths: readonly string[],
  options: RunOptions & { code?: number; with?: readonly string[] } = {},
): Promise<IngestSummary> {
  return ask(["ingest", ...paths, "--data", dataDir, ...(options.with ?? [])], options);
}
