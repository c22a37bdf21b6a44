import { join } from "node:path";
import type { Bench } from "../shared/bench.ts";
import { type Cost, median, quantile } from "../shared/measure.ts";
import { report, tell } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import type { AskOrder, AskOutcome } from "./ask-task.ts";
import { DAYS_SEEN } from "./botnet.ts";
import type { BuildOrder, BuildOutcome } from "./build-task.ts";

/** Asks a store of five months for any period, idle and busy; brings a day and late rows. */
export const period: Bench = async ({ observations, seed, runs, profile }, dir) => {
  const order: BuildOrder = {
    dir: join(dir, "period"),
    victims: Math.max(1, Math.round(observations / DAYS_SEEN)),
    seed,
  };
  const built = await runTask<BuildOrder, BuildOutcome>(
    new URL("./build-task.js", import.meta.url),
    order,
  );
  reportBuild(built, order.victims);
  const asked = await runTask<AskOrder, AskOutcome>(
    new URL("./ask-task.js", import.meta.url),
    { ...order, runs },
    profile,
  );
  return reportAnswers(asked);
};

function reportBuild({ cost, rows, storeBytes }: BuildOutcome, victims: number): void {
  report("period", "build.rows", rows, "rows", { victims });
  report("period", "build.wall", cost.wallSeconds, "s");
  report("period", "build.efficiency", rows / cost.cpuSeconds, "rows/CPU-s");
  report("period", "build.peak-rss", cost.peakRssMb, "MB");
  report("period", "store", storeBytes / 1e6, "MB");
}

function reportAnswers(asked: AskOutcome): boolean {
  const { idleMs, busyMs, days, busyDays, lateBatches, dayRows, lateRows } = asked;
  report("period", "open", asked.openMs, "ms");
  report("period", "answer.cold", asked.coldMs, "ms");
  report("period", "answer.idle.median", median(idleMs), "ms", { samples: idleMs.length });
  report("period", "answer.idle.p95", quantile(idleMs, 0.95), "ms", { wanted: "<= 50" });
  report("period", "answer.busy.median", median(busyMs), "ms", { samples: busyMs.length });
  report("period", "answer.busy.p95", quantile(busyMs, 0.95), "ms", { wanted: "<= 150" });
  reportFeed("day", days, { rows: dayRows, wanted: "<= 5" });
  reportFeed("day-while-asked", busyDays, { rows: dayRows });
  reportFeed("late-batch", lateBatches, { rows: lateRows, wanted: "<= 2" });
  report("period", "peak-rss", asked.peakRssMb, "MB");
  for (const text of asked.wrong.slice(0, 20)) tell(`differs: ${text}`);
  const equal = asked.wrong.length === 0;
  report("period", "equal", equal, "", { equal, compared: asked.compared });
  return equal;
}

function reportFeed(name: string, costs: readonly Cost[], more: Record<string, unknown>): void {
  const walls = costs.map(({ wallSeconds }) => wallSeconds);
  const cpus = costs.map(({ cpuSeconds }) => cpuSeconds);
  report("period", `${name}.wall`, median(walls), "s", { ...more, runs: walls });
  report("period", `${name}.cpu`, median(cpus), "s", { rows: more["rows"], runs: cpus });
}
