import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Situation } from "../../core/measure/index.ts";
import { parseDay } from "../../core/measure/index.ts";
import { answer } from "../ask.ts";
import { ingestWithProgress } from "../commands/ingest.ts";
import { Fault } from "../../core/fault.ts";
import type { Session } from "../session.ts";
import { exists, setUp } from "../set-up.ts";
import type { ReplayTruth, Workbench } from "../workbench.ts";
import { type Comparison, compareTruth } from "./compare-truth.ts";
import { type CountedTruth, countedTruth, notCounted } from "./counted-truth.ts";
import { type AlertsOutcome, networksIn, runAlerts } from "./run-alerts.ts";
import { readTruth, type TruthFigures } from "./truth-figures.ts";

/** Which replay. */
export interface ReplayPlan {
  readonly folder: string;
  readonly scale: number;
  readonly seed: string;
}

/** The replay counted, beside its truth. */
export interface ReplayOutcome {
  readonly truth: TruthFigures;
  readonly counted: CountedTruth;
  readonly comparison: Comparison;
  readonly situation: Situation;
  readonly alerts: AlertsOutcome;
  /** Where the counts are stored. */
  readonly dataDir: string;
  /** The files were there from a run before. */
  readonly reused: boolean;
}

const ALL = 1_000_000;
const RESERVED = "240.0.0.0/4";

/** Makes the replay, reads it as any feed, and counts it. */
export async function runReplay(session: Session, plan: ReplayPlan): Promise<ReplayOutcome> {
  const files = join(plan.folder, "files");
  const reused = await exists(join(files, "truth.json"));
  const truth = readTruth(
    reused ? await storedTruth(files) : await makeReplay(session, plan, files),
  );
  const bench = await openReplay(session, plan, files, truth);
  const paths = [join(files, "days"), join(files, "site-accesses.csv")];
  const summary = await ingestWithProgress(session, bench, paths, {});
  if (summary.interrupted) throw new Fault("interrupted", session.words.demo.interruptedMaking);
  const { situation, counted } = await countReplay(session, bench, truth);
  const networks = networksIn(await readFile(join(files, "geo.csv"), "utf8"));
  return {
    truth,
    counted,
    comparison: compareTruth(truth, counted, notCounted),
    situation,
    alerts: await runAlerts(session, bench, truth, networks),
    dataDir: bench.dataDir,
    reused,
  };
}

async function storedTruth(files: string): Promise<ReplayTruth> {
  return JSON.parse(await readFile(join(files, "truth.json"), "utf8")) as ReplayTruth;
}

async function makeReplay(
  session: Session,
  { scale, seed }: ReplayPlan,
  files: string,
): Promise<ReplayTruth> {
  const progress = session.progress(session.words.progress.making);
  try {
    await rm(`${files}.partial`, { recursive: true, force: true });
    const onProgress = (done: number, total: number) => progress.show({ done, total });
    return await session.around.makeReplay({ out: files, scale, seed }, onProgress, session.signal);
  } finally {
    progress.end();
  }
}

async function openReplay(
  session: Session,
  { folder }: ReplayPlan,
  files: string,
  truth: TruthFigures,
): Promise<Workbench> {
  const dataDir = join(folder, "replay");
  if (!(await exists(join(dataDir, "tocsin.yaml")))) {
    await setUp(session, {
      dataDir,
      config: {
        home: [truth.home],
        allowReserved: [RESERVED],
        sectorLists: [join(files, "sites.csv")],
      },
      locationTables: [join(files, "geo.csv")],
      asnTables: [],
    });
    await session.close();
  }
  return session.open(dataDir);
}

async function countReplay(
  session: Session,
  bench: Workbench,
  truth: TruthFigures,
): Promise<{ situation: Situation; counted: CountedTruth }> {
  const period = { from: parseDay(truth.period.from)!, until: parseDay(truth.period.to)! + 1 };
  const question = { period, home: [truth.home] };
  const situation = await answer(session, bench, { ...question, by: "month" });
  const computers = await answer(session, bench, { ...question, kind: "infected-system" });
  const store = await bench.store();
  const counted = countedTruth({
    identity: { seed: truth.seed, scale: truth.scale, format: truth.format },
    situation,
    computerObservations: computers.total.observations,
    journal: await store.journal(ALL),
  });
  return { situation, counted };
}
