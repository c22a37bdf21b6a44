import { type Alert, type AlertTerms, approvalsNeeded, ticketOf } from "../../core/alert/index.ts";
import type { Incident } from "../../core/incident/index.ts";
import { capReached, type RouteRecipient } from "../../core/routing/index.ts";
import { type Instant, later, spans } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";
import { happenTo } from "./happen.ts";
import type { Happening } from "./happening.ts";
import { policyFor } from "./policy-for.ts";

/** What an alert is opened with. */
export interface Opening {
  readonly incident: Incident;
  readonly recipient: RouteRecipient;
  readonly rung: number;
  readonly rule: string;
  readonly terms: AlertTerms;
  /** Alerts that were opened in this run and may leave: the rules have a cap for them. */
  readonly inRun: number;
}

/** Opens an alert to a recipient, and drafts it: it waits for its first message, for approval, or for a person. */
export async function openAlert(
  by: Happening,
  session: CaseSession,
  opening: Opening,
  now: Instant,
): Promise<Alert> {
  const alert = await newAlert(by, session, opening, now);
  await session.putAlert(alert);
  const hold = opening.recipient.hold ?? (await overCap(by, session, opening, now));
  const needs = approvalsNeeded({
    approval: opening.terms.approval,
    tlp: alert.tlp,
    fourEyesFrom: by.fourEyesFrom,
    firstContact: alert.contact !== "" && (await session.countDelivered(alert.contact)) === 0,
    draftedByHand: false,
  });
  const policy = await policyFor(by, session, alert, now);
  const drafted = { type: "drafted", needs, hold: hold?.reason ?? null } as const;
  const event = hold === null ? drafted : { ...drafted, task: hold.task };
  return (await happenTo(by, session, alert, event, policy, now)).alert;
}

async function newAlert(
  { ticketPrefix }: Happening,
  session: CaseSession,
  { incident, recipient, rung, rule, terms }: Opening,
  now: Instant,
): Promise<Alert> {
  const day = now.slice(0, 10);
  const number = await session.nextNumber(`alert-${day}`);
  return {
    id: `A-${day.replaceAll("-", "")}-${String(number).padStart(6, "0")}`,
    ticket: ticketOf(ticketPrefix, day, number),
    incident: incident.id,
    rung,
    institution: recipient.institution,
    contact: recipient.contact,
    channel: recipient.channel,
    priority: incident.priority,
    tlp: recipient.tlp,
    rule,
    terms,
    openedAt: now,
    state: { at: "draft" },
    life: {
      messages: 0,
      reminders: 0,
      firstSentAt: null,
      lastSentAt: null,
      autoRepliedAt: null,
      acknowledgedAt: null,
      escalatedAt: null,
    },
  };
}

/** What is above a cap is not dropped: a person lets it go. */
async function overCap(
  { book }: Happening,
  session: CaseSession,
  { recipient, inRun }: Opening,
  now: Instant,
): Promise<RouteRecipient["hold"]> {
  const routing = await book.open(session, now);
  if (routing === undefined || recipient.contact === "") return null;
  const toRecipient = await session.countMessages(recipient.contact, later(now, -spans.day));
  const cap = capReached(routing.rules.caps, { toRecipient, inRun });
  return cap === null ? null : { reason: `the cap ${cap} is reached`, task: "approve" };
}
