import type { DryRunReport } from "../../app/alerting/index.ts";
import { countText } from "../numbers.ts";
import type { Session } from "../session.ts";

/** Prints what rules would have sent. */
export function printDryRun(session: Session, report: DryRunReport): void {
  const { printer, words } = session;
  const t = words.routing.rules;
  const counted = (count: number, say: (text: string, one: boolean) => string): string =>
    say(countText(count), count === 1);
  printer.heading(
    t.would(
      counted(report.alerts, t.alertsCount),
      counted(report.institutions, t.institutionsCount),
    ),
  );
  printer.line(`  ${t.looked(countText(report.findings), report.since)}`);
  const { perRecipientPerDay, perRun } = report.aboveCaps;
  if (perRecipientPerDay > 0) printer.line(`  ${t.aboveRecipient(countText(perRecipientPerDay))}`);
  if (perRun > 0) printer.line(`  ${t.aboveRun(countText(perRun))}`);
  if (report.summaries.length > 0)
    printer.line(`  ${words.routing.summaries(report.summaries.join(", "))}`);
  printTables(session, report);
}

/** Lines of a table that a person reads; the rest is in the JSON. */
const SHOWN = 20;

/** A heading with a table of counts below it, if there is anything in it. */
function section(
  { printer, words }: Session,
  heading: string,
  titles: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  if (rows.length === 0) return;
  printer.line();
  printer.heading(heading);
  printer.table(
    titles.map((title, at) => ({ title, right: typeof rows[0]![at] === "number" })),
    rows
      .slice(0, SHOWN)
      .map((cells) => cells.map((cell) => (typeof cell === "number" ? countText(cell) : cell))),
  );
  if (rows.length > SHOWN)
    printer.line(`  ${words.routing.rules.more(countText(rows.length - SHOWN))}`);
}

function printTables(session: Session, report: DryRunReport): void {
  const { columns, lost, rules: t, passedOver, tasks } = session.words.routing;
  const counts = [columns.alerts, columns.findings];
  section(
    session,
    t.byInstitution,
    [columns.institution, columns.country, ...counts],
    report.byInstitution.map((of) => [of.institution, of.country, of.alerts, of.findings]),
  );
  section(
    session,
    t.byRule,
    [columns.rule, ...counts],
    report.byRule.map((of) => [of.rule, of.alerts, of.findings]),
  );
  section(
    session,
    t.held,
    [columns.institution, columns.why, columns.alerts],
    report.held.map((of) => [of.institution, tasks[of.task], of.alerts]),
  );
  section(
    session,
    t.unsent,
    [columns.why, columns.findings],
    [...report.denied, ...report.unroutable].map((of) => [of.reason, of.findings]),
  );
  section(
    session,
    passedOver,
    [columns.why, columns.findings],
    report.passedOver.map((of) => [lost[of.reason], of.times]),
  );
}
