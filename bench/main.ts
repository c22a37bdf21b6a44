/** `npm run bench`: measures what the project promises, and fails where an answer is wrong. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault, isFault } from "#tocsin/core/fault.js";
import type { Bench } from "./shared/bench.ts";
import { readOptions } from "./shared/options.ts";
import { tell } from "./shared/report.ts";
import { alerting } from "./alerting/index.ts";
import { cases } from "./cases/index.ts";
import { arrival } from "./arrival/index.ts";
import { start } from "./start/index.ts";
import { locate } from "./locate/index.ts";
import { period } from "./period/index.ts";
import { replay } from "./replay/index.ts";
import { scan } from "./scan/index.ts";
import { sinkhole } from "./sinkhole/index.ts";

const BENCHES: Readonly<Record<string, Bench>> = {
  start,
  locate,
  scan,
  sinkhole,
  replay,
  period,
  cases,
  arrival,
  alerting,
};

// Ctrl-C ends the measured process, which ends the run: the work folder is still removed.
process.on("SIGINT", () => undefined);

try {
  process.exitCode = (await runBenches(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (!isFault(error)) throw error;
  tell(error.message);
  process.exitCode = 1;
}

async function runBenches(args: readonly string[]): Promise<boolean> {
  const options = readOptions(args);
  const names = options.names.length > 0 ? options.names : Object.keys(BENCHES);
  const unknown = names.find((name) => !(name in BENCHES));
  if (unknown !== undefined)
    throw new Fault(
      "usage",
      `no benchmark "${unknown}"; there are: ${Object.keys(BENCHES).join(", ")}`,
    );
  mkdirSync(options.work, { recursive: true });
  const dir = mkdtempSync(join(options.work, "tocsin-bench-"));
  tell(`working in ${dir}`);
  let right = true;
  try {
    for (const name of names) right = (await BENCHES[name]!(options, dir)) && right;
  } finally {
    if (!options.keep) rmSync(dir, { recursive: true, force: true });
  }
  return right;
}
