import { Fault } from "../core/fault.ts";
import { locationTable } from "./address-space.ts";
import { writeDailyRows } from "./daily-rows.ts";
import { DayFiles } from "./day-files.ts";
import { Delivery } from "./delivery.ts";
import { impuritiesAt, impurityEvents, writeImpurities } from "./impurities.ts";
import { drawOrigins, originsCsv } from "./origins.ts";
import { Pace } from "./pace.ts";
import { seededStreams } from "./random.ts";
import { asOutputFault, ReplayFolder } from "./replay-folder.ts";
import { ROW_FORMATS, type ReplayFormat } from "./row-formats.ts";
import { siteAccessesCsv, sitesCsv } from "./site-files.ts";
import { drawSites } from "./sites.ts";
import { Tally } from "./tally.ts";
import { sidesOf, targetsAt } from "./targets.ts";
import { truthOf, type Truth } from "./truth.ts";
import { dealVictims, walkVictims } from "./victims.ts";

/** What replay to write, and where. */
export interface ReplayOptions {
  /** Folder to make. An earlier replay there is replaced; any other content is a fault. */
  out: string;
  /** 1:`scale`, a positive integer; 1 is the whole of 2013. */
  scale: number;
  /** The same seed and scale give the same bytes. */
  seed: string;
  /** `plain` unless given. */
  format?: ReplayFormat;
  /** Called some times a second, and at the end with `done === total`. Steps of work, not rows. */
  onProgress?: (done: number, total: number) => void;
  /** Once aborted, the call ends with the fault `interrupted` and leaves no finished folder. */
  signal?: AbortSignal;
}

/**
 * Writes the seeded replay of January to May 2013 and returns what a product must count in it: `days/*.csv`,
 * `origins.csv`, `sites.csv`, `site-accesses.csv`, `geo.csv` (its own location table) and `truth.json`.
 */
export async function writeReplay(options: ReplayOptions): Promise<Truth> {
  if (!Number.isSafeInteger(options.scale) || options.scale < 1) {
    throw new Fault("usage", `the scale must be a whole number from 1, not ${options.scale}`);
  }
  try {
    return await build(options);
  } catch (error) {
    throw asOutputFault(error, options.out);
  }
}

async function build({
  out,
  scale,
  seed,
  format = "plain",
  ...options
}: ReplayOptions): Promise<Truth> {
  const targets = targetsAt(scale);
  const impurities = impuritiesAt(scale);
  const streams = seededStreams(seed);
  const steps = targets.victims + impurityEvents(impurities);
  const pace = new Pace(steps, options.onProgress, options.signal);
  await pace.breathe();

  const sides = sidesOf(targets);
  const origins = drawOrigins(sides.us, sides.other, streams);
  const us = dealVictims(sides.us, "deal-us", streams);
  await pace.breathe();
  const other = dealVictims(sides.other, "deal-non", streams);

  const folder = await ReplayFolder.open(out);
  const files = new DayFiles(folder.days, ROW_FORMATS[format].header);
  const delivery = new Delivery(files, ROW_FORMATS[format], streams);
  const tally = new Tally(targets, origins);
  const victimWalk = walkVictims(streams);
  const pairs = await writeDailyRows(
    { targets, origins, us, other, victimWalk, delivery, tally },
    streams,
    pace,
  );
  await writeImpurities({ sizes: impurities, origins, victimWalk, delivery }, streams, pace);
  files.finish();

  const { sites, accesses } = drawSites(targets, streams);
  await folder.write("sites.csv", sitesCsv(sites));
  await folder.write("site-accesses.csv", siteAccessesCsv(accesses));
  await folder.write("origins.csv", originsCsv(origins, [...us.sizes, ...other.sizes]));
  await folder.write("geo.csv", locationTable());
  await pace.breathe();

  const outcome = {
    seed,
    scale,
    format,
    targets,
    tally,
    pairs,
    delivery,
    impurities,
    sites,
    accesses,
  };
  const truth = truthOf(outcome);
  await folder.finish(truth);
  return truth;
}
