import { relative } from "node:path";
import { countText, shareText } from "../numbers.ts";
import {
  printBasis,
  printBreakdown,
  printCountries,
  printExcluded,
  printSites,
  printStatement,
} from "../print-situation.ts";
import type { Session } from "../session.ts";
import type { CountedTruth } from "./counted-truth.ts";
import type { ReplayOutcome } from "./run-replay.ts";
import type { ThreatfoxOutcome } from "./run-threatfox.ts";

const MONTHS_SHOWN = 12;
const DIFFERENCES_SHOWN = 20;

/** Prints the replay: the statement, each number beside the truth, and the tables. */
export function printReplay(session: Session, outcome: ReplayOutcome): void {
  const { printer, words } = session;
  const { situation } = outcome;
  const t = words.demo;
  printer.line();
  printer.heading(t.replayTitle(countText(outcome.truth.scale)));
  printer.line(outcome.reused ? t.reused : t.made(countText(outcome.truth.rows.rows)));
  printBothLanguages(session, situation);
  printBeside(session, outcome);
  printCountries(session, situation, rankCommand(outcome.dataDir));
  if (situation.by) {
    printer.line();
    printer.heading(t.months);
    printBreakdown(session, situation.by);
  }
  printSites(session, situation);
  printAlerts(session, outcome);
  printExcluded(session, situation);
  printBasis(session, situation);
}

const COUNTRIES_SHOWN = 10;

/** Who was told, beside the truth. */
function printAlerts(session: Session, { alerts, dataDir }: ReplayOutcome): void {
  const { printer, words } = session;
  const t = words.demo.alerts;
  const shown = alerts.byCountry.toSorted((a, b) => b.known - a.known).slice(0, COUNTRIES_SHOWN);
  printer.line();
  printer.heading(t.title);
  printer.line(t.sent(countText(alerts.alerts), countText(alerts.institutions)));
  printer.table(
    [
      { title: t.country },
      { title: t.csirt, right: true },
      { title: t.hosters, right: true },
      { title: t.known, right: true },
    ],
    shown.map(({ country, csirt, hosters, known }) => [
      session.countryName(country),
      countText(csirt),
      countText(hosters),
      countText(known),
    ]),
  );
  const countries = countText(alerts.byCountry.length);
  printer.line(alerts.equal ? t.equal(countries) : t.unequal);
  printer.line(t.look(relative(".", dataDir)));
}

/** Prints the real feed. */
export function printThreatfox(
  session: Session,
  { rows, situation, unitedStates, dataDir }: ThreatfoxOutcome,
): void {
  const { printer, words } = session;
  const t = words.demo;
  const { from, lastDay } = situation.period;
  printer.line();
  printer.heading(t.threatfoxTitle);
  printer.line(t.threatfoxCounted(countText(rows), from, lastDay));
  printBothLanguages(session, situation);
  if (unitedStates) {
    const { origins, share, rank } = unitedStates;
    printer.line();
    printer.line(
      `  ${t.states(countText(origins), countText(situation.total.origins), shareText(share), rank)}`,
    );
  }
  printCountries(session, situation, rankCommand(dataDir));
  if (situation.by) {
    const { breakdown, rows: months } = situation.by;
    const shown = months.slice(-MONTHS_SHOWN);
    printer.line();
    printer.heading(shown.length < months.length ? t.lastMonths(shown.length) : t.months);
    printBreakdown(session, { breakdown, rows: shown });
  }
  printExcluded(session, situation);
  printBasis(session, situation);
}

function rankCommand(dataDir: string): string {
  return `tocsin rank --data ${relative(".", dataDir)}`;
}

function printBothLanguages(session: Session, situation: ReplayOutcome["situation"]): void {
  session.printer.line();
  printStatement(session, situation, "en");
  session.printer.line();
  printStatement(session, situation, "zh");
}

/** The numbers that people look for, in the order of the statement. */
const BESIDE = [
  ["victims", (it: CountedTruth) => it.victims],
  ["origins", (it) => it.origins],
  ["usOrigins", (it) => it.article.usOrigins],
  ["usVictims", (it) => it.article.usVictims],
  ["sites", (it) => it.sites.total],
  ["usSites", (it) => it.sites.us],
  ["rows", (it) => it.rows.rows],
  ["duplicates", (it) => it.rows.duplicates],
  ["domesticOrigins", (it) => it.rows.traps.domesticOrigins],
  ["domesticVictims", (it) => it.rows.traps.domesticVictims],
  ["foreignVictims", (it) => it.rows.traps.foreignVictims],
  ["allowlistedOriginRows", (it) => it.rows.traps.allowlistedOriginRows],
  ["privateVictimRows", (it) => it.rows.traps.privateVictimRows],
] as const satisfies [string, (it: CountedTruth) => number][];

function printBeside(
  { printer, words }: Session,
  { truth, counted, comparison }: ReplayOutcome,
): void {
  const t = words.demo;
  printer.line();
  printer.heading(t.truth);
  printer.table(
    [{ title: "" }, { title: "" }],
    BESIDE.map(([name, of]) => [
      t.figures[name],
      t.counted(countText(of(counted)), countText(of(truth))),
    ]),
  );
  const { fields, differences } = comparison;
  if (differences.length === 0) {
    printer.line(`  ${printer.style("green", t.equal(countText(fields)))}`);
    return;
  }
  printer.line(`  ${printer.style("red", t.unequal(countText(differences.length)))}`);
  for (const { field, known, counted: found } of differences.slice(0, DIFFERENCES_SHOWN))
    printer.line(`  ${field}: ${t.counted(String(found), String(known))}`);
}
