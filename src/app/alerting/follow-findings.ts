import type { Finding } from "../../core/finding/index.ts";
import { type Instant, later, spans } from "../../core/time/index.ts";
import type { CaseSession, CaseStore, StopSignal } from "../case-ports.ts";
import type { FindingFilter, FindingFolder } from "../ports.ts";
import type { Bell } from "./bell.ts";
import type { Happening } from "./happening.ts";
import { addPlaced, nothingPlaced, type Placed, placeFindings } from "./place-findings.ts";

/** Findings that are taken over in one transaction: others who write wait no longer than for these. */
const AT_ONCE = 1_000;

/** What following works with. */
export interface Following {
  readonly cases: CaseStore;
  readonly findings: FindingFolder;
  readonly happening: Happening;
  readonly now: () => Instant;
  /** Rung when more came in; absent: nothing comes in meanwhile. */
  readonly news?: Bell;
}

/**
 * Folds what came in and takes the findings that it touched into the cases: the urgent ones first, and again whenever more comes in while the
 * rest is taken over. Page by page; a cursor moves when all pages before it are in, so after a crash some are taken over again, which
 * changes nothing. Stops after a page when the signal says so.
 */
export async function followFindings(
  following: Following,
  signal: StopSignal,
  onPlaced: (placed: Placed) => void = () => undefined,
): Promise<Placed> {
  let placed = nothingPlaced;
  const take = (more: Placed): void => {
    placed = addPlaced(placed, more);
    onPlaced(placed);
  };
  const alerted = (): number => placed.alerts;
  let rings: number | undefined;
  const followUrgent = async (): Promise<number> => {
    rings = following.news?.rings;
    const upTo = await following.findings.fold();
    for await (const more of followPart(following, "urgent", upTo, signal, alerted)) take(more);
    return upTo;
  };
  const upTo = await followUrgent();
  for await (const more of followPart(following, "rest", upTo, signal, alerted)) {
    take(more);
    if (following.news?.rings !== rings) await followUrgent();
  }
  return placed;
}

/** Whether rules came into force since findings were followed last. */
export async function areRulesNew({ cases }: Pick<Following, "cases">): Promise<boolean> {
  const { batch, rules, news } = await cases.read((session) => readCursor(session, "rest"));
  return batch > 0 && news !== "" && rules !== news;
}

/** Takes one part of the findings over, as of a fold. Gives what became of each page. */
async function* followPart(
  { cases, findings, happening, now }: Following,
  part: "urgent" | "rest",
  upTo: number,
  signal: StopSignal,
  alerted: () => number,
): AsyncGenerator<Placed> {
  const { batch, rules, news } = await cases.read((session) => readCursor(session, part));
  const filters: FindingFilter[] = upTo > batch ? [{ part, afterBatch: batch }] : [];
  // Under new rules, or by a new directory, others may be told of what is known.
  if (batch > 0 && news !== rules && news !== "")
    filters.push({ part, seenSince: later(now(), -happening.staleAfterDays * spans.day) });
  for (const filter of filters)
    for await (const page of inPages(findings.select(filter))) {
      if (signal.aborted) return;
      yield await cases.write((session) =>
        placeFindings(happening, session, page, alerted(), now()),
      );
    }
  if (filters.length > 0)
    await cases.write((session) => session.setCursor(nameOf(part), `${upTo} ${news}`));
}

/** The newest batch whose findings the cases have, and the rules and the directory that they were routed by: a cursor of this name. */
function nameOf(part: string): string {
  return `findings-${part}`;
}

/** `rules`: the versions of rules and directory that were followed by, `news`: those of today; empty while no rules are in force. */
async function readCursor(
  session: CaseSession,
  part: string,
): Promise<{ batch: number; rules: string; news: string }> {
  const [batch = "0", rules = ""] = ((await session.cursor(nameOf(part))) ?? "").split(" ");
  const inForce = (await session.activeRules())?.version;
  const news = inForce === undefined ? "" : `${inForce}.${await session.directoryVersion()}`;
  return { batch: Number(batch), rules, news };
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
