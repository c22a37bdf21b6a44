import type { Finding } from "../../core/finding/index.ts";
import type { Candidate, Route, Rung } from "../../core/routing/index.ts";
import type { Session } from "../session.ts";

/** Prints whom an alert would go to, and how that came about. */
export function printRoute(session: Session, finding: Finding, route: Route): void {
  const { printer, words } = session;
  const t = words.routing;
  const place = [finding.country && session.countryName(finding.country), asText(finding.asn)];
  const where = place.filter((it) => it !== "").join(", ");
  printer.heading(`${finding.asset}${where && ` (${where})`}`);
  printer.line(`  ${t.as(finding.kind, t.sides[finding.side], route.priority)}`);
  const reason = route.reason && `: ${route.reason}`;
  const rule = route.rule && `, ${t.byRule(route.rule)}`;
  printer.line(`  ${t.outcomes[route.outcome]}${rule}${reason}`);
  if (route.rungs.length > 0) printRungs(session, route.rungs);
  if (route.summaries.length > 0) printer.line(`  ${t.summaries(route.summaries.join(", "))}`);
  printTrace(session, route);
}

function printRungs({ printer, words }: Session, rungs: readonly Rung[]): void {
  const t = words.routing;
  const { columns } = t;
  printer.line();
  printer.table(
    [
      { title: columns.rung, right: true },
      { title: columns.institution },
      { title: columns.contact },
      { title: columns.because },
      { title: columns.note },
    ],
    rungs.flatMap(({ rung, step, recipients, task }) => [
      ...recipients.map(({ institution, contact, channel, hit, hold }) => [
        String(rung),
        institution,
        contact === "" ? "-" : `${contact} (${channel})`,
        `${hit.kind} ${hit.value}`,
        hold === null ? t.steps[step] : `${t.tasks[hold.task]}: ${hold.reason}`,
      ]),
      ...(task
        ? [[String(rung), "-", "-", t.steps[step], `${t.tasks[task.kind]}: ${task.why}`]]
        : []),
    ]),
  );
}

function printTrace({ printer, words }: Session, { trace }: Route): void {
  const t = words.routing;
  const { columns } = t;
  printer.line();
  printer.heading(t.rulesTried);
  printer.table(
    [{ title: columns.rule }, { title: columns.result }],
    trace.rules.map(({ rule, matched, why, decides }) => [
      rule,
      matched
        ? `${t.matched}, ${decides.length > 0 ? t.decides(decides.join(", ")) : t.nothing}`
        : why,
    ]),
  );
  const losers = trace.candidates.filter(({ lost }) => lost !== null);
  if (losers.length === 0) return;
  printer.line();
  printer.heading(t.passedOver);
  printer.table(
    [{ title: columns.institution }, { title: columns.because }, { title: columns.why }],
    losers.map(({ institution, hit, lost, detail }: Candidate) => [
      institution,
      `${hit.kind} ${hit.value}`,
      `${lost === null ? "" : t.lost[lost]}${detail && `: ${detail}`}`,
    ]),
  );
}

function asText(asn: number): string {
  return asn === 0 ? "" : `AS${asn}`;
}
