import { join } from "node:path";
import type { Situation } from "../../core/measure/index.ts";
import { Fault } from "../../core/fault.ts";
import { answer, questionOf } from "../ask.ts";
import { ingestWithProgress } from "../commands/ingest.ts";
import type { Session } from "../session.ts";
import { exists, setUp } from "../set-up.ts";

/** The real feed counted. */
export interface ThreatfoxOutcome {
  /** Where the counts are stored. */
  readonly dataDir: string;
  /** Rows of the history in the store. */
  readonly rows: number;
  readonly situation: Situation;
  /** The United States among the countries abroad; `null` if they are home or host none. */
  readonly unitedStates: { origins: number; share: number; rank: number } | null;
}

/** Reads the ThreatFox history that ships with the program, and counts it for a home. */
export async function runThreatfox(
  session: Session,
  folder: string,
  home: readonly string[],
): Promise<ThreatfoxOutcome> {
  const dataDir = join(folder, "threatfox");
  if (!(await exists(join(dataDir, "tocsin.yaml")))) {
    const config = { home: ["CN"], allowReserved: [], sectorLists: [] };
    await setUp(session, { dataDir, config, locationTables: [], asnTables: [] });
  }
  const bench = await session.open(dataDir);
  const paths = [session.around.threatfoxHistory];
  const summary = await ingestWithProgress(session, bench, paths, { feed: "threatfox" });
  if (summary.interrupted) throw new Fault("interrupted", session.words.demo.interruptedMaking);
  const question = await questionOf(bench, { home: home.join(","), by: "month" });
  const situation = await answer(session, bench, question);
  const us = situation.byCountry.find(({ country }) => country === "US");
  const { observations } = await (await bench.store()).size();
  return {
    dataDir,
    rows: observations,
    situation,
    unitedStates: us ? { origins: us.origins, share: us.originShare, rank: us.originRank } : null,
  };
}
