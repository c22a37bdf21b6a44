/** Task: Tocsin takes the report in, and answers. */
import { rmSync } from "node:fs";
import { situation } from "#tocsin/app/situation.js";
import { parseDay } from "#tocsin/core/measure/index.js";
import type { ObservationStore } from "#tocsin/app/ports.js";
import { type Cost, measure } from "../shared/measure.ts";
import { bytesIn, feed, HOME, openLocation, openStore, setUpIntake } from "../shared/tocsin.ts";
import type { Answers } from "./answers.ts";
import { DAYS, FIRST_DAY } from "./world.ts";

/** What to take in. */
export interface TocsinOrder {
  readonly report: string;
  readonly location: string;
  /** A folder for the store; emptied. */
  readonly dir: string;
  /** Reading threads; 0: the storing thread reads. */
  readonly jobs: number;
}

/** What it cost, and what Tocsin counts. */
export interface TocsinOutcome {
  readonly cost: Cost;
  readonly storeBytes: number;
  readonly answers: Answers;
}

/** Opens an empty store, feeds the report, closes the store: that is measured. Then asks. */
export async function run({ report, location, dir, jobs }: TocsinOrder): Promise<TocsinOutcome> {
  rmSync(dir, { recursive: true, force: true });
  const setup = await setUpIntake(await openLocation(location, dir));
  const store = `${dir}/store`;
  const { value, cost } = await measure(async () => {
    const opened = await openStore(store);
    const summary = await feed(opened, setup, [report], jobs);
    await opened.close();
    return summary;
  });
  const storeBytes = bytesIn(store);
  const reopened = await openStore(store);
  const answers = await ask(reopened);
  await reopened.close();
  return { cost, storeBytes, answers: { ...answers, kept: value.kept } };
}

async function ask(store: ObservationStore): Promise<Omit<Answers, "kept">> {
  const from = parseDay(FIRST_DAY)!;
  const period = { from, until: from + DAYS };
  const names = { country: (code: string) => code };
  const answer = await situation(store, { period, home: [HOME], by: "day" }, names);
  return {
    victims: answer.total.victims,
    origins: answer.total.origins,
    byCountry: Object.fromEntries(
      answer.byCountry.map(({ country, victims, origins }) => [country, { victims, origins }]),
    ),
    byDay: Object.fromEntries(
      answer.by!.rows.map(({ key, victims, origins }) => [key, { victims, origins }]),
    ),
  };
}
