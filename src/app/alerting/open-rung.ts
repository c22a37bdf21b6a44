import type { Alert } from "../../core/alert/index.ts";
import type { Incident } from "../../core/incident/index.ts";
import type { RouteRecipient } from "../../core/routing/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";
import type { Happening } from "./happening.ts";
import { openAlert } from "./open-alert.ts";
import { openTask } from "./open-task.ts";

/** Findings of an incident that are asked who stands on a rung: those of one institution and threat hardly differ in it. */
const ASKED = 100;

/**
 * Escalates: opens an alert to everybody on a rung who has none in this incident, and asks people for what only they can do there. Those
 * on the rung are found by today's rules and directory.
 */
export async function openRung(
  by: Happening,
  session: CaseSession,
  alert: Alert,
  rung: number,
  now: Instant,
): Promise<void> {
  const routing = await by.book.open(session, now);
  const incident = await session.incident(alert.incident);
  if (routing === undefined || incident === undefined) return;
  const told = new Set(
    (await session.alerts({ incident: incident.id, limit: 1000 })).map((it) => keyOf(it)),
  );
  for (const finding of await session.findingsOf(incident.id, { limit: ASKED })) {
    const { rungs, rule, terms } = routing.route(finding, now);
    const found = rungs.find((it) => it.rung === rung);
    if (found === undefined || terms === null) continue;
    if (found.task !== null)
      await openTask(session, found.task.kind, `incident:${incident.id}`, found.task.why, now);
    for (const recipient of found.recipients) {
      if (told.has(keyOf(recipient)) || (await isToldAlready(session, incident, recipient)))
        continue;
      told.add(keyOf(recipient));
      await openAlert(by, session, { incident, recipient, rung, rule, terms, inRun: 0 }, now);
    }
  }
}

/** CSIRT and operator have an incident each of the same threat: who stands above both is told once. */
async function isToldAlready(
  session: CaseSession,
  incident: Incident,
  { institution, contact }: RouteRecipient,
): Promise<boolean> {
  for (const alert of await session.alerts({ institution, limit: 1000 })) {
    if (alert.contact !== contact || alert.state.at === "closed") continue;
    const other = await session.incident(alert.incident);
    if (other?.threat === incident.threat && other.side === incident.side) return true;
  }
  return false;
}

/** An alternate contact of the same institution is somebody else. */
function keyOf({ institution, contact }: Pick<RouteRecipient, "institution" | "contact">): string {
  return `${institution} ${contact}`;
}
