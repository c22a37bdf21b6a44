import { threatOf, type Finding } from "../../core/finding/index.ts";
import { type Incident, incidentKeyOf, windowOf, windowUntil } from "../../core/incident/index.ts";
import type { Route, RouteRecipient } from "../../core/routing/index.ts";
import { between, type Instant, spans } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";
import { happen } from "./happen.ts";
import type { Happening } from "./happening.ts";
import { openAlert } from "./open-alert.ts";
import { openTask } from "./open-task.ts";

/** `Happening.staleAfterDays` where nobody says otherwise: longer than any feed of ours is late. */
export const STALE_AFTER_DAYS = 30;

/** What became of findings. */
export interface Placed {
  readonly findings: number;
  /** Findings that the cases did not have. */
  readonly fresh: number;
  readonly stale: number;
  /** By outcome of their route. */
  readonly sent: number;
  readonly held: number;
  readonly denied: number;
  readonly nobody: number;
  readonly incidents: number;
  readonly alerts: number;
}

/** Counts of nothing. */
export const nothingPlaced: Placed = {
  findings: 0,
  fresh: 0,
  stale: 0,
  sent: 0,
  held: 0,
  denied: 0,
  nobody: 0,
  incidents: 0,
  alerts: 0,
};

/** The sum of two. */
export function addPlaced(a: Placed, b: Placed): Placed {
  const keys = Object.keys(a) as (keyof Placed)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Placed;
}

/** Findings of one page that go to one institution for one threat. */
interface Group {
  readonly recipient: RouteRecipient;
  /** The route of the first of them: all have its rule's terms. */
  readonly route: Route;
  readonly findings: Finding[];
}

/**
 * Takes findings into the cases and puts each into the incidents of those who are to be told first; a new incident opens an alert. To be run
 * in the transaction that stores how far the fold was followed: then it may be run again from there.
 */
export async function placeFindings(
  by: Happening,
  session: CaseSession,
  findings: readonly Finding[],
  alerted: number,
  now: Instant,
): Promise<Placed> {
  const { fresh } = await session.putFindings(findings);
  const tally = { ...nothingPlaced, findings: findings.length, fresh: fresh.size };
  const routing = await by.book.open(session, now);
  if (routing === undefined) return tally;
  const groups = new Map<string, Group>();
  const nobodysPlaces = new Map<string, Finding>();
  for (const finding of findings) {
    if (between(finding.lastSeen, now) > by.staleAfterDays * spans.day) {
      tally.stale++;
      continue;
    }
    const route = routing.route(finding, now);
    tally[route.outcome === "send" ? "sent" : route.outcome]++;
    if (route.outcome === "nobody") nobodysPlaces.set(placeOf(finding), finding);
    addToGroups(groups, finding, route);
  }
  for (const [place, finding] of nobodysPlaces) await askForContact(session, place, finding, now);
  for (const [key, group] of groups) {
    const opened = await placeGroup(by, session, key, group, alerted + tally.alerts, now);
    tally.incidents += opened.incidents;
    tally.alerts += opened.alerts;
  }
  return tally;
}

function addToGroups(groups: Map<string, Group>, finding: Finding, route: Route): void {
  const first = route.rungs[0];
  if (first?.rung !== 1 || route.terms === null) return;
  for (const recipient of first.recipients) {
    const key = incidentKeyOf(recipient.institution, finding, route.priority);
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else groups.set(key, { recipient, route, findings: [finding] });
  }
}

/** One task for a network or country without anybody to tell, however many findings lie there. */
async function askForContact(
  session: CaseSession,
  place: string,
  finding: Finding,
  now: Instant,
): Promise<void> {
  const why = `nobody is known who answers for ${finding.asset} (${threatOf(finding)})`;
  await openTask(session, "find-contact", place, why, now);
}

/** Where a finding lies, for whoever looks for a contact. */
function placeOf({ asn, country, asset }: Finding): string {
  if (asn !== 0) return `as:${asn}`;
  return country === "" ? `asset:${asset}` : `country:${country}`;
}

async function placeGroup(
  by: Happening,
  session: CaseSession,
  key: string,
  { recipient, route, findings }: Group,
  inRun: number,
  now: Instant,
): Promise<{ incidents: number; alerts: number }> {
  const known = await currentIncident(session, key, now);
  const incident = known ?? (await openIncident(session, key, recipient, route, findings[0]!, now));
  const joined = await session.joinFindings(
    incident.id,
    findings.map((finding) => finding.key),
    now,
  );
  if (joined > 0)
    await session.putIncident({
      ...incident,
      findings: incident.findings + joined,
      updatedAt: now,
    });
  if (known !== undefined) {
    if (joined > 0) await tellOfMore(by, session, incident, now);
    return { incidents: 0, alerts: 0 };
  }
  const { rule, terms } = route;
  await openAlert(by, session, { incident, recipient, rung: 1, rule, terms: terms!, inRun }, now);
  return { incidents: 1, alerts: 1 };
}

/** The open incident whose window the moment is in; it may have been opened in the window before this one. */
async function currentIncident(
  session: CaseSession,
  key: string,
  now: Instant,
): Promise<Incident | undefined> {
  for (const window of [windowOf(now), windowOf(now) - 1]) {
    const incident = await session.openIncident(`${key}|${window}`);
    if (incident !== undefined && incident.windowUntil > now) return incident;
  }
  return undefined;
}

async function openIncident(
  session: CaseSession,
  key: string,
  recipient: RouteRecipient,
  { priority }: Route,
  finding: Finding,
  now: Instant,
): Promise<Incident> {
  const day = now.slice(0, 10);
  const number = await session.nextNumber(`incident-${day}`);
  const incident: Incident = {
    id: `I-${day.replaceAll("-", "")}-${String(number).padStart(6, "0")}`,
    key: `${key}|${windowOf(now)}`,
    institution: recipient.institution,
    side: finding.side,
    threat: threatOf(finding),
    priority,
    openedAt: now,
    windowUntil: windowUntil(now),
    updatedAt: now,
    findings: 0,
    assignee: "",
    state: { at: "open" },
  };
  await session.putIncident(incident);
  await session.audit({
    at: now,
    actor: "daemon",
    action: "incident.opened",
    subject: `incident:${incident.id}`,
    after: incident,
  });
  return incident;
}

/** Everybody who was told of the incident is told of more, when their digest is due. */
async function tellOfMore(
  by: Happening,
  session: CaseSession,
  incident: Incident,
  now: Instant,
): Promise<void> {
  for (const { id } of await session.alerts({ incident: incident.id, limit: 1000 }))
    await happen(by, session, id, { type: "findings-added" }, now);
}
