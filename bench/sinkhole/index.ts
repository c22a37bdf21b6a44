import { statSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../shared/bench.ts";
import { type Cost, median } from "../shared/measure.ts";
import { report, tell } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import { type Answers, differences } from "./answers.ts";
import type { SqlForm } from "./sql-forms.ts";
import type { SqlOrder } from "./sql-task.ts";
import type { TocsinOrder } from "./tocsin-task.ts";
import type { ReportOrder } from "./write-report.ts";

/** What a contender's task answers. */
interface Outcome {
  readonly cost: Cost;
  readonly storeBytes: number;
  readonly answers: Answers;
}

/** Takes in a sinkhole report, in Tocsin and in DuckDB alone, and compares answers and cost. */
export const sinkhole: Bench = async ({ rows, seed, runs, profile }, dir) => {
  const csv = join(dir, "2026-03-08-event4_sinkhole-made-up.csv");
  const location = join(dir, "geo.csv");
  tell(`sinkhole: writing ${rows} rows`);
  const order: ReportOrder = { path: csv, locationPath: location, rows, seed };
  await runTask<ReportOrder, number>(new URL("./write-report.js", import.meta.url), order);
  report("sinkhole", "input", statSync(csv).size / 1e6, "MB", { rows });

  const input = { report: csv, location, dir };
  const tocsin = (jobs: number): (() => Promise<Outcome>) => {
    const task: TocsinOrder = { ...input, dir: join(dir, "tocsin"), jobs };
    return () => runTask(new URL("./tocsin-task.js", import.meta.url), task, profile);
  };
  const sql = (form: SqlForm): (() => Promise<Outcome>) => {
    const task: SqlOrder = { ...input, form };
    return () => runTask(new URL("./sql-task.js", import.meta.url), task);
  };
  const contenders = {
    "tocsin-2-jobs": tocsin(2),
    "tocsin-1-job": tocsin(1),
    "sql-best": sql("best"),
    "sql-plain": sql("plain"),
  };
  const outcomes = await takeTurns(contenders, runs);
  for (const [name, results] of Object.entries(outcomes)) reportCost(name, results, rows);
  reportRatios(outcomes);
  return reportDifferences(outcomes);
};

type Outcomes = Readonly<Record<string, readonly Outcome[]>>;

/** Runs the contenders by turns, so that what else the machine does hits all of them. */
async function takeTurns(
  contenders: Readonly<Record<string, () => Promise<Outcome>>>,
  runs: number,
): Promise<Outcomes> {
  const outcomes: Record<string, Outcome[]> = {};
  for (let run = 1; run <= runs; run++)
    for (const [name, contend] of Object.entries(contenders)) {
      const outcome = await contend();
      const { wallSeconds, cpuSeconds } = outcome.cost;
      (outcomes[name] ??= []).push(outcome);
      tell(`${name}, run ${run}: ${wallSeconds.toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s`);
    }
  return outcomes;
}

function reportCost(name: string, outcomes: readonly Outcome[], rows: number): void {
  const one = (metric: string, unit: string, of: (outcome: Outcome) => number): void => {
    const values = outcomes.map(of);
    report("sinkhole", `${name}.${metric}`, median(values), unit, { runs: values });
  };
  one("wall", "s", ({ cost }) => cost.wallSeconds);
  one("cpu", "s", ({ cost }) => cost.cpuSeconds);
  one("speed", "rows/s", ({ cost }) => rows / cost.wallSeconds);
  one("efficiency", "rows/CPU-s", ({ cost }) => rows / cost.cpuSeconds);
  one("peak-rss", "MB", ({ cost }) => cost.peakRssMb);
  one("store", "MB", ({ storeBytes }) => storeBytes / 1e6);
}

function reportRatios(outcomes: Outcomes): void {
  const of = (name: string, part: "wallSeconds" | "cpuSeconds"): number =>
    median(outcomes[name]!.map(({ cost }) => cost[part]));
  const wall = of("tocsin-2-jobs", "wallSeconds") / of("sql-best", "wallSeconds");
  const cpu = of("tocsin-2-jobs", "cpuSeconds") / of("sql-plain", "cpuSeconds");
  report("sinkhole", "wall.tocsin/sql-best", wall, "ratio", { wanted: "<= 1.0" });
  report("sinkhole", "cpu.tocsin/sql-plain", cpu, "ratio", { wanted: "<= 0.67" });
}

/** Compares every run's answers with those of the first; true if all are equal. */
function reportDifferences(outcomes: Outcomes): boolean {
  const [reference, ...others] = Object.entries(outcomes).flatMap(([name, results]) =>
    results.map(({ answers }) => ({ name, answers })),
  );
  const found = others.flatMap(({ name, answers }) =>
    differences(reference!.answers, answers).map((text) => `${name}: ${text}`),
  );
  for (const text of found.slice(0, 20)) tell(`differs: ${text}`);
  const { kept, victims, origins, byCountry } = reference!.answers;
  const countries = Object.keys(byCountry).length;
  const compared = { kept, victims, origins, countries, differences: found.length };
  report("sinkhole", "equal", found.length === 0, "", { equal: found.length === 0, ...compared });
  return found.length === 0;
}
