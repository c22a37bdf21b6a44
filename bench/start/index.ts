import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Fault } from "#tocsin/core/fault.js";
import type { Bench } from "../shared/bench.ts";
import { median } from "../shared/measure.ts";
import { report } from "../shared/report.ts";

const STARTS = 15;
const MAIN = fileURLToPath(new URL("../../main.js", import.meta.url));

/** How much longer `tocsin --version` takes than Node that does nothing. */
export const start: Bench = () => {
  const bare: number[] = [];
  const tocsin: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    bare.push(spawnMs("-e", "0"));
    tocsin.push(spawnMs(MAIN, "--version"));
  }
  report("start", "bare-node", median(bare), "ms", { runs: bare });
  report("start", "tocsin", median(tocsin), "ms", { runs: tocsin });
  report("start", "difference", median(tocsin) - median(bare), "ms", { wanted: "<= 120" });
  return Promise.resolve(true);
};

function spawnMs(...args: string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Fault("usage", `${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}
