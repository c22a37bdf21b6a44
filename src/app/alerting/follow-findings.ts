import type { Finding } from "../../core/finding/index.ts";
import { type Instant, later, spans } from "../../core/time/index.ts";
import type { CaseSession, CaseStore, StopSignal } from "../case-ports.ts";
import type { FindingFilter, FindingFolder } from "../ports.ts";
import type { Happening } from "./happening.ts";
import { addPlaced, nothingPlaced, type Placed, placeFindings } from "./place-findings.ts";

/** The newest batch whose findings the cases have, and the rules that they were routed by. */
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
  const { batch, rules, news } = await cases.read(readCursor);
  const filters: FindingFilter[] = upTo > batch ? [{ afterBatch: batch }] : [];
  // Under new rules others may be told of what is known.
  if (batch > 0 && news !== rules && news !== "")
    filters.push({ seenSince: later(now(), -happening.staleAfterDays * spans.day) });
  let placed = nothingPlaced;
  for (const filter of filters)
    for await (const page of inPages(findings.select(filter))) {
      if (signal.aborted) return placed;
      const more = await cases.write((session) =>
        placeFindings(happening, session, page, placed.alerts, now()),
      );
      placed = addPlaced(placed, more);
      onPlaced(placed);
    }
  if (filters.length > 0)
    await cases.write((session) => session.setCursor(CURSOR, `${upTo} ${news}`));
  return placed;
}

/** `rules`: the version that was followed by, `news`: the one that is in force; empty if none was or is. */
async function readCursor(
  session: CaseSession,
): Promise<{ batch: number; rules: string; news: string }> {
  const [batch = "0", rules = ""] = ((await session.cursor(CURSOR)) ?? "").split(" ");
  return { batch: Number(batch), rules, news: (await session.activeRules())?.version ?? "" };
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
