import { type Alert, type AlertPolicy, defaultTimers } from "../../core/alert/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";
import type { Happening } from "./happening.ts";
import { isHeld } from "./outbox/index.ts";
import type { Routing } from "./routing-book.ts";
import { writableFor } from "./writable-contacts.ts";

/** How things stand with an alert's recipient: what its next step is decided by. */
export async function policyFor(
  { book, canSend }: Pick<Happening, "book" | "canSend">,
  session: CaseSession,
  alert: Alert,
  now: Instant,
): Promise<AlertPolicy> {
  const routing = await book.open(session, now);
  const contact = alert.contact === "" ? undefined : await session.contact(alert.contact);
  return {
    timers: routing?.rules.timers ?? defaultTimers,
    stopped: !canSend || (await isHeld(session)),
    hours: contact?.hours ?? null,
    alternate: await alternateTo(session, alert, now),
    rungAbove: routing !== undefined && (await hasRungAbove(session, routing, alert, now)),
    tellClosure: true,
  };
}

/** Another contact of the institution that may be written to and that this thread has not tried. */
async function alternateTo(
  session: CaseSession,
  alert: Alert,
  now: Instant,
): Promise<AlertPolicy["alternate"]> {
  const tried = new Set([alert.contact]);
  for (const { contact } of await session.messages({ alert: alert.id, limit: 100 }))
    tried.add(contact);
  for (const next of await writableFor(session, alert, now)) {
    if (tried.has(next.contact)) continue;
    // A first contact needs two people's yes, which nobody gave for this one.
    if ((await session.countDelivered(next.contact)) > 0) return next;
  }
  return null;
}

/** Whether somebody stands above the alert's rung, for any of its newest findings. */
async function hasRungAbove(
  session: CaseSession,
  routing: Routing,
  alert: Alert,
  now: Instant,
): Promise<boolean> {
  const [finding] = await session.findingsOf(alert.incident, { limit: 1 });
  if (finding === undefined) return false;
  return routing.route(finding, now).rungs.some(({ rung }) => rung > alert.rung);
}
