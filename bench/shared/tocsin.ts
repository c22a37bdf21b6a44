/** Tocsin as the product puts it together, for benchmarks: store, location table, readers. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { IngestSummary } from "#tocsin/app/ingest-report.js";
import { ingest } from "#tocsin/app/ingest.js";
import type { ObservationStore } from "#tocsin/app/ports.js";
import { listFiles } from "#tocsin/collect/files/index.js";
import { Fault } from "#tocsin/core/fault.js";
import { buildLocation, type LocationTable } from "#tocsin/enrich/location/index.js";
import { buildHosts, readHostList } from "#tocsin/enrich/sector/index.js";
import { feedFormats, recogniseFormat } from "#tocsin/feeds/index.js";
import type { IntakeSetup } from "#tocsin/intake-worker.js";
import { openDuckdbStore } from "#tocsin/store/duckdb/index.js";
import { openInlinePool, openThreadPool } from "#tocsin/wiring/parse-pool.js";

/** The country for which the benchmarks count. */
export const HOME = "CN";

/** Where all made-up addresses are. */
export const ALLOWED = "240.0.0.0/4";

/** Packs a location table, for which `dir` keeps the cache. */
export function openLocation(csv: string, dir: string): Promise<LocationTable> {
  const files = { countryFiles: [csv], asnFiles: [], allowReserved: [ALLOWED] };
  return buildLocation({ ...files, cacheDir: join(dir, "cache") });
}

/** What readers need. `sites` is a list of hosts with their sectors. */
export async function setUpIntake(location: LocationTable, sites?: string): Promise<IntakeSetup> {
  const operatorHosts = sites === undefined ? [] : (await readHostList(sites)).hosts;
  const hosts = await buildHosts({ operatorHosts });
  return { csvMappings: [], location, hosts, latest: Date.now() + 2 * 86_400_000 };
}

/** Opens the store in a folder. */
export function openStore(dir: string): Promise<ObservationStore> {
  return openDuckdbStore({ dir, home: [HOME], now: () => new Date() });
}

/**
 * Feeds files into a store, as `tocsin ingest` does; `jobs` 0 reads on the thread that stores. Throws where a file cannot be
 * read.
 */
export async function feed(
  store: ObservationStore,
  setup: IntakeSetup,
  paths: readonly string[],
  jobs: number,
): Promise<IngestSummary> {
  const list = await listFiles(paths, { stdin: process.stdin, dir: "." });
  const pool = jobs > 0 ? openThreadPool(setup, jobs) : openInlinePool(setup);
  const formats = feedFormats([]);
  try {
    const { name, date } = setup.location;
    const summary = await ingest(
      {
        store,
        pool,
        locationTable: { name, date },
        recognise: (sample) => recogniseFormat(formats, sample)?.reading,
        clock: () => performance.now(),
      },
      { files: list.files, signal: { aborted: false }, onProgress: () => undefined },
    );
    const problem =
      list.problems[0]?.fault.message ?? summary.files.find(({ problem }) => problem)?.problem;
    if (problem !== undefined) throw new Fault("input-unreadable", problem);
    return summary;
  } finally {
    await pool.close();
    await list.release();
  }
}

/** Bytes of all files in a folder and below. */
export function bytesIn(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
