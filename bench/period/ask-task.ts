/** Task: asks the long period while nothing else happens and while a day is taken in, and brings late rows. */
import { join } from "node:path";
import { situation } from "#tocsin/app/situation.js";
import type { ObservationStore } from "#tocsin/app/ports.js";
import type { Period } from "#tocsin/core/measure/index.js";
import type { IntakeSetup } from "#tocsin/intake-worker.js";
import { type Cost, measure, quantile } from "../shared/measure.ts";
import { type Random, random } from "../shared/random.ts";
import { feed, HOME, openLocation, openStore, setUpIntake } from "../shared/tocsin.ts";
import { type Botnet, type BotnetSize, DAYS, drawBotnet, FIRST_DAY } from "./botnet.ts";
import { drawLate, writeDay, writeLate } from "./files.ts";
import { knownCounts, type LateRow } from "./known-counts.ts";

/** The store that was built, and how often to measure what changes it. */
export interface AskOrder extends BotnetSize {
  readonly dir: string;
  readonly runs: number;
}

/** All figures. */
export interface AskOutcome {
  readonly openMs: number;
  readonly coldMs: number;
  readonly idleMs: readonly number[];
  /** Of each answer that was asked for while a day was taken in. */
  readonly busyMs: readonly number[];
  /** What it took until a day, or a late batch, was stored and the next answer was there. */
  readonly busyDays: readonly Cost[];
  readonly days: readonly Cost[];
  readonly dayRows: number;
  readonly lateBatches: readonly Cost[];
  readonly lateRows: number;
  readonly peakRssMb: number;
  /** How many values were compared, and which were wrong. */
  readonly compared: number;
  readonly wrong: readonly string[];
}

const SAMPLES = 300;
const LATE_ROWS = 25_000;
const SMALL_FILE_ROWS = 30_000;

/** Asks, feeds, asks again. */
export async function run(order: AskOrder): Promise<AskOutcome> {
  const started = performance.now();
  const store = await openStore(join(order.dir, "store"));
  const openMs = performance.now() - started;
  const session = new AskSession(order, store, await openSetup(order.dir));
  const outcome = await session.measureAll();
  await store.close();
  return { ...outcome, openMs };
}

async function openSetup(dir: string): Promise<IntakeSetup> {
  return setUpIntake(await openLocation(join(dir, "geo.csv"), dir));
}

const names = { country: (code: string) => code };

class AskSession {
  readonly #order: AskOrder;
  readonly #store: ObservationStore;
  readonly #setup: IntakeSetup;
  readonly #net: Botnet;
  readonly #next: Random;
  readonly #late: LateRow[] = [];
  #days = DAYS;
  #files = 0;
  #compared = 0;
  readonly #wrong: string[] = [];

  constructor(order: AskOrder, store: ObservationStore, setup: IntakeSetup) {
    this.#order = order;
    this.#store = store;
    this.#setup = setup;
    this.#net = drawBotnet(order);
    this.#next = random(`${order.seed}/ask`);
  }

  async measureAll(): Promise<Omit<AskOutcome, "openMs">> {
    const coldMs = await this.#ask({ from: FIRST_DAY, until: FIRST_DAY + DAYS });
    for (let i = 0; i < 20; i++) await this.#ask(this.#period());
    const idleMs: number[] = [];
    for (let i = 0; i < SAMPLES; i++) idleMs.push(await this.#ask(this.#period()));
    process.stderr.write(`period: idle p95 ${quantile(idleMs, 0.95).toFixed(1)} ms\n`);
    await this.#compare(10);

    const busyMs: number[] = [];
    const busyDays: Cost[] = [];
    const days: Cost[] = [];
    const lateBatches: Cost[] = [];
    let dayRows = 0;
    for (let run = 0; run < this.#order.runs; run++) {
      const busy = this.#writeDay();
      busyDays.push(await this.#measureFeed(busy.path, busy.rows, busyMs));
      await this.#compare(2);
      const day = this.#writeDay();
      dayRows = day.rows;
      days.push(await this.#measureFeed(day.path, day.rows));
      await this.#compare(2);
      lateBatches.push(await this.#measureFeed(this.#writeLate(run), LATE_ROWS));
      await this.#compare(2);
      process.stderr.write(
        `period: run ${run + 1}: day ${days.at(-1)!.wallSeconds.toFixed(2)} s, late batch ${lateBatches.at(-1)!.wallSeconds.toFixed(2)} s\n`,
      );
    }
    return {
      coldMs,
      idleMs,
      busyMs,
      busyDays,
      days,
      dayRows,
      lateBatches,
      lateRows: LATE_ROWS,
      peakRssMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
      compared: this.#compared,
      wrong: this.#wrong,
    };
  }

  /** A period within what is stored. */
  #period(): Period {
    const a = this.#next.below(this.#days);
    const b = this.#next.below(this.#days);
    return { from: FIRST_DAY + Math.min(a, b), until: FIRST_DAY + Math.max(a, b) + 1 };
  }

  async #ask(period: Period): Promise<number> {
    const started = performance.now();
    await situation(this.#store, { period, home: [HOME] }, names);
    return performance.now() - started;
  }

  /** Feeds a file and waits for the first answer behind it; asks all the while if `answers` is given. */
  async #measureFeed(path: string, rows: number, answers?: number[]): Promise<Cost> {
    const { value, cost } = await measure(async () => {
      const under = { way: true };
      // As the command line does: reading threads are not worth their start for a small file.
      const jobs = rows < SMALL_FILE_ROWS ? 0 : 2;
      const feeding = feed(this.#store, this.#setup, [path], jobs);
      const fed = feeding.finally(() => (under.way = false));
      while (answers && under.way) {
        answers.push(await this.#ask(this.#period()));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const summary = await fed;
      await this.#ask(this.#period());
      return summary;
    });
    if (value.kept !== rows) this.#wrong.push(`${path}: ${rows} rows, kept ${value.kept}`);
    return cost;
  }

  #writeDay(): { path: string; rows: number } {
    const path = join(this.#order.dir, `${this.#files++}.csv`);
    return { path, rows: writeDay(this.#net, this.#days++, path) };
  }

  #writeLate(batch: number): string {
    const path = join(this.#order.dir, `${this.#files++}.csv`);
    const rows = drawLate(this.#net, LATE_ROWS, this.#order.seed, batch);
    this.#late.push(...rows);
    writeLate(this.#net, rows, batch, path);
    return path;
  }

  /** Compares the answers of some periods, the longest first, with what is known. */
  async #compare(periods: number): Promise<void> {
    for (let i = 0; i < periods; i++) {
      const all = { from: FIRST_DAY, until: FIRST_DAY + this.#days };
      await this.#compareOne(i === 0 ? all : this.#period());
    }
  }

  async #compareOne(period: Period): Promise<void> {
    const known = knownCounts(this.#net, this.#late, period);
    const { total, byCountry } = await situation(this.#store, { period, home: [HOME] }, names);
    const check = (what: string, counted: number, wanted: number): void => {
      this.#compared++;
      if (counted !== wanted)
        this.#wrong.push(
          `${period.from}-${period.until} ${what}: counted ${counted}, known ${wanted}`,
        );
    };
    check("victims", total.victims, known.victims);
    check("origins", total.origins, known.origins);
    check("countries", byCountry.length, Object.keys(known.byCountry).length);
    for (const { country, victims, origins } of byCountry) {
      check(`${country} victims`, victims, known.byCountry[country]?.victims ?? 0);
      check(`${country} origins`, origins, known.byCountry[country]?.origins ?? 0);
    }
  }
}
