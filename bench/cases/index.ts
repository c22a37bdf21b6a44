import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../shared/bench.ts";
import { type Cost, median } from "../shared/measure.ts";
import { report } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import type { CasesOrder, CasesOutcome } from "./cases-task.ts";

const FINDINGS = 100_000;
const ALERTS = 10_000;
const WANTED_SECONDS = 5;

/** Writes cases into libsql as a busy day does: findings, what they are joined to, alerts with all that belongs to them. */
export const cases: Bench = async ({ seed, runs, profile }, dir) => {
  const outcomes: CasesOutcome[] = [];
  for (let run = 1; run <= runs; run++) {
    const order: CasesOrder = {
      dir: join(dir, `cases-${run}`),
      seed,
      findings: FINDINGS,
      alerts: ALERTS,
    };
    mkdirSync(order.dir);
    const module = new URL("./cases-task.js", import.meta.url);
    outcomes.push(await runTask<CasesOrder, CasesOutcome>(module, order, profile));
  }
  const one = (metric: string, of: (outcome: CasesOutcome) => Cost): void => {
    const seconds = outcomes.map((outcome) => of(outcome).wallSeconds);
    const cpuSeconds = median(outcomes.map((outcome) => of(outcome).cpuSeconds));
    report("cases", metric, median(seconds), "s", { runs: seconds, cpuSeconds });
  };
  one("100,000 findings, new", ({ fresh }) => fresh);
  one("100,000 findings, known", ({ again }) => again);
  one("10,000 incidents, 100,000 findings joined", ({ joined }) => joined);
  one("10,000 alerts with timers, events, audit", ({ alerts }) => alerts);
  one("500 small transactions, durable each", ({ commits }) => commits);
  const sums = outcomes.map(
    ({ fresh, joined, alerts }) => fresh.wallSeconds + joined.wallSeconds + alerts.wallSeconds,
  );
  report("cases", "all new", median(sums), "s", { runs: sums, wanted: WANTED_SECONDS });
  const right = outcomes.every((outcome) => outcome.right);
  report("cases", "all counts right", right, "");
  return right;
};
