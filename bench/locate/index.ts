import { join } from "node:path";
import type { Bench } from "../shared/bench.ts";
import { median } from "../shared/measure.ts";
import { report } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import type { LocateOrder, LocateOutcome } from "./locate-task.ts";

/** Looks up addresses in the location table that comes with the program. */
export const locate: Bench = async ({ seed, runs, profile }, dir) => {
  const outcomes: LocateOutcome[] = [];
  for (let run = 1; run <= runs; run++) {
    const order: LocateOrder = { dir: join(dir, `locate-${run}`), seed };
    const module = new URL("./locate-task.js", import.meta.url);
    outcomes.push(await runTask<LocateOrder, LocateOutcome>(module, order, profile));
  }
  const one = (metric: string, unit: string, of: (outcome: LocateOutcome) => number): void => {
    const values = outcomes.map(of);
    report("locate", metric, median(values), unit, { runs: values });
  };
  one("ipv4", "look-ups/CPU-s", ({ four }) => four);
  one("ipv6", "look-ups/CPU-s", ({ six }) => six);
  one("pack", "ms", ({ packMs }) => packMs);
  one("load", "ms", ({ loadMs }) => loadMs);
  one("table", "MB", ({ tableMb }) => tableMb);
  one("ranges", "", ({ ranges }) => ranges);
  return true;
};
