/** Task: takes the replay in. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Cost, measure } from "../shared/measure.ts";
import { bytesIn, feed, openLocation, openStore, setUpIntake } from "../shared/tocsin.ts";

/** Where the replay is, and where the store goes (emptied). */
export interface IngestOrder {
  readonly replay: string;
  readonly store: string;
  readonly jobs: number;
}

/** What it cost. */
export interface IngestOutcome {
  readonly cost: Cost;
  readonly rows: number;
  readonly storeBytes: number;
}

/** Opens an empty store, feeds the replay, closes the store: that is measured. */
export async function run({ replay, store, jobs }: IngestOrder): Promise<IngestOutcome> {
  rmSync(store, { recursive: true, force: true });
  const location = await openLocation(join(replay, "geo.csv"), replay);
  const setup = await setUpIntake(location, join(replay, "sites.csv"));
  const paths = [join(replay, "days"), join(replay, "site-accesses.csv")];
  const { value, cost } = await measure(async () => {
    const opened = await openStore(store);
    const summary = await feed(opened, setup, paths, jobs);
    await opened.close();
    return summary;
  });
  return { cost, rows: value.rows, storeBytes: bytesIn(store) };
}
