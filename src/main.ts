#!/usr/bin/env node
/** The program. Loads next to nothing by itself: what a command needs is imported when it needs it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCli } from "./cli/index.ts";

const root = new URL("../", import.meta.url);

const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  version: string;
};

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  version,
  now: () => new Date(),
  threatfoxHistory: fileURLToPath(new URL("data/feeds/threatfox-first-seen.csv.gz", root)),
  openWorkbench: async (dataDir, configFile) => {
    const { openWorkbench } = await import("./wiring/index.ts");
    const command = ["tocsin", ...process.argv.slice(2, 3)].join(" ");
    const now = (): Date => new Date();
    return openWorkbench({ dataDir, configFile, command, stdin: process.stdin, now });
  },
  makeReplay: async (options, onProgress, signal) => {
    const { writeReplay } = await import("./replay/index.ts");
    return { ...(await writeReplay({ ...options, onProgress, signal })) };
  },
  report: await import("./report/situation/index.ts"),
});
