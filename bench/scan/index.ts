import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Truth } from "#tocsin/replay/index.js";
import type { WriteOrder } from "../replay/write-task.ts";
import type { Bench } from "../shared/bench.ts";
import { median } from "../shared/measure.ts";
import { report, tell } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import type { ReportOrder } from "../sinkhole/write-report.ts";
import type { ScanOrder, ScanOutcome } from "./scan-task.ts";
import { writeRows } from "./write-rows.ts";

const THREATFOX = new URL("../../../data/feeds/threatfox-first-seen.csv.gz", import.meta.url);
const SINKHOLE_ROWS = 200_000;
const REPLAY_SCALE = 20;
const RECORDS = 100_000;

/** Reads files of several formats into columns, without storing them. */
export const scan: Bench = async ({ seed, runs, profile }, dir) => {
  tell("scan: writing files");
  for (const [format, { path, location }] of Object.entries(await writeFiles(seed, dir))) {
    const outcomes: ScanOutcome[] = [];
    for (let run = 1; run <= runs; run++) {
      const order: ScanOrder = { path, location, dir: join(dir, "scan-cache") };
      const module = new URL("./scan-task.js", import.meta.url);
      outcomes.push(await runTask<ScanOrder, ScanOutcome>(module, order, profile));
    }
    const speeds = outcomes.map(({ rowsPerCpuSecond }) => rowsPerCpuSecond);
    const { rows, refused, bytes } = outcomes[0]!;
    const size = { rows, refused, bytesPerRow: Math.round(bytes / (rows + refused)) };
    report("scan", format, median(speeds), "rows/CPU-s", { ...size, runs: speeds });
  }
  return true;
};

interface Files {
  readonly path: string;
  readonly location: string;
}

async function writeFiles(seed: string, dir: string): Promise<Readonly<Record<string, Files>>> {
  const csv = join(dir, "2026-03-08-event4_sinkhole-scan.csv");
  const location = join(dir, "scan-geo.csv");
  const report: ReportOrder = { path: csv, locationPath: location, rows: SINKHOLE_ROWS, seed };
  await runTask<ReportOrder, number>(
    new URL("../sinkhole/write-report.js", import.meta.url),
    report,
  );
  const out = join(dir, "scan-replay");
  await runTask<WriteOrder, Truth>(new URL("../replay/write-task.js", import.meta.url), {
    out,
    scale: REPLAY_SCALE,
    seed,
  });
  // One day is too short to be measured: all days as one file.
  const days = readdirSync(join(out, "days")).toSorted();
  const replay = join(dir, "scan-days.csv");
  writeFileSync(
    replay,
    Buffer.concat(
      days.map((name, at) => {
        const bytes = readFileSync(join(out, "days", name));
        return at === 0 ? bytes : bytes.subarray(bytes.indexOf(10) + 1);
      }),
    ),
  );
  const records = Object.entries(await writeRows(dir, RECORDS));
  return {
    ...Object.fromEntries(records.map(([format, path]) => [format, { path, location }])),
    "shadowserver-sinkhole": { path: csv, location },
    "replay-days": { path: replay, location: join(out, "geo.csv") },
    threatfox: { path: fileURLToPath(THREATFOX), location },
  };
}
