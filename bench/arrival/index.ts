import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../shared/bench.ts";
import { median, quantile } from "../shared/measure.ts";
import { report, tell } from "../shared/report.ts";
import { runTask } from "../shared/run-task.ts";
import { ALLOWED, HOME } from "../shared/tocsin.ts";
import type { ReportOrder } from "../sinkhole/write-report.ts";
import { Collecting } from "./collecting.ts";
import { ingestedOf } from "./journal.ts";
import { TOKEN, URGENT_ROWS, UrgentFeed } from "./urgent-feed.ts";

const LOOK_EVERY_MS = 500;
/** The urgent feed alone, before the others come: what it takes on a quiet machine. */
const QUIET_MS = 10_000;

/** Millions of rows arrive at once in a watched directory, of priority P4, while a P1 feed gets a small file every second. */
export const arrival: Bench = async ({ arrivalRows: rows, seed }, dir) => {
  const dataDir = join(dir, "data");
  const landing = join(dir, "landing");
  const location = join(dir, "arrival-geo.csv");
  const csv = join(dir, "2026-03-08-event4_sinkhole-made-up.csv");
  for (const folder of [dataDir, landing]) mkdirSync(folder);
  tell(`arrival: writing ${rows} rows`);
  const order: ReportOrder = { path: csv, locationPath: location, rows, seed };
  await runTask<ReportOrder, number>(
    new URL("../sinkhole/write-report.js", import.meta.url),
    order,
  );
  const port = await freePort();
  configure(dataDir, location, landing, port);

  const collecting = new Collecting(dataDir);
  const urgent = new UrgentFeed(port);
  try {
    await until(collecting, () => collecting.told.includes("urgent: "));
    urgent.start();
    await delay(QUIET_MS);
    const landed = Date.now();
    renameSync(csv, join(landing, "2026-03-08-event4_sinkhole-made-up.csv"));
    tell("arrival: the rows have landed");
    await until(collecting, () => ingestedOf(dataDir, "bulk").length > 0);
    await urgent.stop();
    await until(collecting, () => ingestedOf(dataDir, "urgent").length >= urgent.sent.size);
    const peak = collecting.peakRssMb();
    return tellOf(dataDir, { rows, landed, peak, sent: urgent.sent });
  } finally {
    await urgent.stop().catch(() => undefined);
    await collecting.stop();
  }
};

/** What is known when all is done. */
interface Arrived {
  readonly rows: number;
  readonly landed: number;
  readonly peak: number;
  readonly sent: ReadonlyMap<string, number>;
}

function tellOf(dataDir: string, { rows, landed, peak, sent }: Arrived): boolean {
  const [bulk] = ingestedOf(dataDir, "bulk");
  const urgent = ingestedOf(dataDir, "urgent");
  const seconds = (bulk!.at - landed) / 1000;
  const delays = (from: number, until: number): number[] =>
    urgent
      .filter(({ id }) => sent.get(id)! >= from && sent.get(id)! < until)
      .map(({ id, at }) => (at - sent.get(id)!) / 1000);
  const quiet = delays(0, landed);
  const busy = delays(landed, bulk!.at);
  const more = { rows, files: busy.length };
  report("arrival", "urgent.quiet.median", median(quiet), "s", { files: quiet.length });
  report("arrival", "urgent.median", median(busy), "s", { ...more, wanted: "< 2" });
  report("arrival", "urgent.p99", quantile(busy, 0.99), "s", { ...more, wanted: "< 5" });
  report("arrival", "urgent.max", Math.max(...busy), "s", more);
  report("arrival", "speed", rows / seconds, "rows/s", { rows, seconds });
  report("arrival", "peak-rss", peak, "MB", { rows, wanted: "< 900" });
  const whole =
    bulk!.outcome === "stored" &&
    bulk!.rows === rows &&
    urgent.length === sent.size &&
    urgent.every(({ kept }) => kept === URGENT_ROWS);
  report("arrival", "whole", whole, "", { bulk: bulk!.rows, urgent: urgent.length });
  return whole;
}

function configure(dataDir: string, location: string, landing: string, port: number): void {
  const token = join(dataDir, "token");
  writeFileSync(token, TOKEN);
  const config = {
    home: [HOME],
    allowReserved: [ALLOWED],
    location: { countryTables: [location] },
    feeds: {
      bulk: {
        priority: "P4",
        format: "shadowserver",
        schedule: { everyMinutes: 0.1 },
        from: { way: "directory", path: landing, settleSeconds: 0.5, after: "delete" },
      },
      urgent: {
        priority: "P1",
        format: "intelmq",
        from: { way: "push", port, tokenFile: token },
      },
    },
  };
  // JSON is YAML.
  writeFileSync(join(dataDir, "tocsin.yaml"), JSON.stringify(config, undefined, 2));
}

/** Returns when it is so. Throws when the program ends before. */
async function until(collecting: Collecting, done: () => boolean): Promise<void> {
  while (!done()) {
    collecting.check();
    await delay(LOOK_EVERY_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
