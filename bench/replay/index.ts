import { join } from "node:path";
import type { Truth } from "#tocsin/replay/index.js";
import type { Bench } from "../shared/bench.ts";
import { median, quantile } from "../shared/measure.ts";
import { report, tell } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import type { AskOrder, AskOutcome } from "./ask-task.ts";
import type { IngestOrder, IngestOutcome } from "./ingest-task.ts";
import type { WriteOrder } from "./write-task.ts";

/** Takes in the replay of 2013, compares every number with its truth, and measures the full answer. */
export const replay: Bench = async ({ scale, seed, runs, profile }, dir) => {
  const files = join(dir, "replay");
  const store = join(dir, "replay-store");
  tell(`replay: writing 1:${scale}`);
  const order: WriteOrder = { out: files, scale, seed };
  const truth = await runTask<WriteOrder, Truth>(
    new URL("./write-task.js", import.meta.url),
    order,
  );

  const ingests: IngestOutcome[] = [];
  for (let run = 1; run <= runs; run++) {
    const task: IngestOrder = { replay: files, store, jobs: 2 };
    const outcome = await runTask<IngestOrder, IngestOutcome>(
      new URL("./ingest-task.js", import.meta.url),
      task,
      profile,
    );
    tell(`replay, run ${run}: ${outcome.cost.wallSeconds.toFixed(2)} s`);
    ingests.push(outcome);
  }
  reportIngest(ingests, scale);

  const answer = await runTask<AskOrder, AskOutcome>(new URL("./ask-task.js", import.meta.url), {
    store,
    truth,
  });
  return reportAnswer(answer, truth);
};

function reportIngest(ingests: readonly IngestOutcome[], scale: number): void {
  const one = (metric: string, unit: string, of: (outcome: IngestOutcome) => number): void => {
    const values = ingests.map(of);
    report("replay", `ingest.${metric}`, median(values), unit, { scale, runs: values });
  };
  one("rows", "rows", ({ rows }) => rows);
  one("wall", "s", ({ cost }) => cost.wallSeconds);
  one("cpu", "s", ({ cost }) => cost.cpuSeconds);
  one("speed", "rows/s", ({ rows, cost }) => rows / cost.wallSeconds);
  one("efficiency", "rows/CPU-s", ({ rows, cost }) => rows / cost.cpuSeconds);
  one("peak-rss", "MB", ({ cost }) => cost.peakRssMb);
  one("store", "MB", ({ storeBytes }) => storeBytes / 1e6);
}

function reportAnswer({ coldMs, warmMs, comparison }: AskOutcome, truth: Truth): boolean {
  const { fields, differences } = comparison;
  const equal = differences.length === 0;
  report("replay", "answer.cold", coldMs, "ms");
  report("replay", "answer.median", median(warmMs), "ms", { samples: warmMs.length });
  report("replay", "answer.p95", quantile(warmMs, 0.95), "ms", { wanted: "< 50" });
  const { victims, origins, usOrigins, usVictims, sites, usSites } = truth.article;
  const figures = { victims, origins, usOrigins, usVictims, sites, usSites };
  const countries = Object.keys(truth.byCountry).length;
  report("replay", "equal", equal, "", { equal, fields, ...figures, countries });
  for (const { field, known, counted } of differences.slice(0, 20))
    tell(`differs: ${field}: known ${String(known)}, counted ${String(counted)}`);
  return equal;
}
