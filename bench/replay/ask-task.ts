/** Task: compares every total with the truth, then measures the full answer. */
import { situation } from "#tocsin/app/situation.js";
import type { ObservationStore } from "#tocsin/app/ports.js";
import { type Comparison, compareTruth } from "#tocsin/cli/demo/compare-truth.js";
import { countedTruth, notCounted } from "#tocsin/cli/demo/counted-truth.js";
import { parseDay, type SituationQuestion } from "#tocsin/core/measure/index.js";
import type { Truth } from "#tocsin/replay/index.js";
import { openStore } from "../shared/tocsin.ts";

/** What to ask. */
export interface AskOrder {
  readonly store: string;
  readonly truth: Truth;
}

/** Milliseconds of each answer, and what the counts are compared with the truth. */
export interface AskOutcome {
  /** The first answer of the process. */
  readonly coldMs: number;
  readonly warmMs: readonly number[];
  readonly comparison: Comparison;
}

const WARM_UPS = 10;
const SAMPLES = 200;
const MANY = 1_000_000;

/** Opens the store as another process left it. */
export async function run({ store, truth }: AskOrder): Promise<AskOutcome> {
  const opened = await openStore(store);
  const period = { from: parseDay(truth.period.from)!, until: parseDay(truth.period.to)! + 1 };
  const question: SituationQuestion = { period, home: [truth.home] };
  const coldMs = await timed(opened, question);
  for (let i = 0; i < WARM_UPS; i++) await timed(opened, question);
  const warmMs: number[] = [];
  for (let i = 0; i < SAMPLES; i++) warmMs.push(await timed(opened, question));
  const comparison = await compare(opened, question, truth);
  await opened.close();
  return { coldMs, warmMs, comparison };
}

const names = { country: (code: string) => code };

async function timed(store: ObservationStore, question: SituationQuestion): Promise<number> {
  const started = performance.now();
  await situation(store, question, names);
  return performance.now() - started;
}

async function compare(
  store: ObservationStore,
  question: SituationQuestion,
  truth: Truth,
): Promise<Comparison> {
  const computers = await situation(store, { ...question, kind: "infected-system" }, names);
  const counted = countedTruth({
    identity: truth,
    situation: await situation(store, { ...question, by: "month" }, names),
    computerObservations: computers.total.observations,
    journal: await store.journal(MANY),
  });
  const { seed, scale, format } = truth;
  return compareTruth(truth, { ...counted, seed, scale, format }, notCounted);
}
