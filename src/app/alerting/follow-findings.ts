import type { Finding } from "../../core/finding/index.ts";
import type { CaseStore, StopSignal } from "../case-ports.ts";
import type { FindingFolder } from "../ports.ts";
import type { Instant } from "../../core/time/index.ts";
import type { Happening } from "./happen.ts";
import { addPlaced, nothingPlaced, type Placed, placeFindings } from "./place-findings.ts";

/** The newest batch whose findings the cases have. */
const CURSOR = "findings";

/** Findings that are taken over in one transaction: others who write wait no longer than for these. */
const AT_ONCE = 1_000;

/** What following works with. */
export interface Following {
  readonly cases: CaseStore;
  readonly findings: FindingFolder;
  readonly happening: Happening;
  readonly now: () => Instant;
}

/**
 * Folds what came in and takes the findings that it touched into the cases. Findings are taken over page by page; the cursor moves when all are,
 * so after a crash some are taken over again, which changes nothing. Stops after a page when the signal says so.
 */
export async function followFindings(
  { cases, findings, happening, now }: Following,
  signal: StopSignal,
  onPlaced: (placed: Placed) => void = () => undefined,
): Promise<Placed> {
  const upTo = await findings.fold();
  const from = Number((await cases.read((session) => session.cursor(CURSOR))) ?? 0);
  let placed = nothingPlaced;
  if (upTo <= from) return placed;
  for await (const page of inPages(findings.select({ afterBatch: from }))) {
    if (signal.aborted) return placed;
    const more = await cases.write((session) =>
      placeFindings(happening, session, page, placed.alerts, now()),
    );
    placed = addPlaced(placed, more);
    onPlaced(placed);
  }
  await cases.write((session) => session.setCursor(CURSOR, String(upTo)));
  return placed;
}

/** The same findings in pages of at most {@link AT_ONCE}, and hardly smaller. */
async function* inPages(
  pages: AsyncIterable<readonly Finding[]>,
): AsyncGenerator<readonly Finding[]> {
  let gathered: Finding[] = [];
  for await (const page of pages) {
    gathered.push(...page);
    while (gathered.length >= AT_ONCE) {
      yield gathered.slice(0, AT_ONCE);
      gathered = gathered.slice(AT_ONCE);
    }
  }
  if (gathered.length > 0) yield gathered;
}
