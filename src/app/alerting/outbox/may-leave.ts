import { type Alert, tlpCeiling } from "../../../core/alert/index.ts";
import { standingOf } from "../../../core/institution/index.ts";
import { tlpCode } from "../../../core/marking/index.ts";
import { type Instant, later, spans } from "../../../core/time/index.ts";
import type { CaseSession, OutboundMessage } from "../../case-ports.ts";

/** The most that may leave, whatever was queued: a brake for what goes wrong. */
export interface Caps {
  /** Messages to one contact in a day. */
  readonly perContactDay: number;
}

/** The setting that holds everything back: the kill switch. Any text but an empty one is on. */
export const HOLD = "hold";

/** What the last look before sending says. */
export type Leave =
  | { readonly may: "go" }
  /** Not at the moment. */
  | { readonly may: "wait"; readonly reason: string }
  /** It is not to be sent any more. */
  | { readonly may: "never"; readonly state: "withdrawn" | "refused"; readonly reason: string };

/** Whether the kill switch is on. */
export async function isHeld(session: CaseSession): Promise<boolean> {
  const hold = await session.setting(HOLD);
  return hold !== undefined && hold !== "";
}

/**
 * Looks at a message once more, because much may have changed since it was queued: its alert, its institution, how much leaves. What is not
 * known does not leave.
 */
export async function mayLeave(
  session: CaseSession,
  message: OutboundMessage,
  caps: Caps,
  now: Instant,
): Promise<Leave> {
  const alert = await session.alert(message.alert);
  if (alert === undefined || alert.state.at === "held" || alert.state.at === "closed") {
    const reason = `its alert is ${alert?.state.at ?? "not there"}`;
    return { may: "never", state: "withdrawn", reason };
  }
  const whyNot =
    (await whyNotTo(session, message, now)) ?? (await whyInhibited(session, alert, now));
  if (whyNot !== undefined) return { may: "never", state: "refused", reason: whyNot };
  const sent = await session.countMessages(message.contact, later(now, -spans.day));
  if (sent < caps.perContactDay) return { may: "go" };
  const reason = `${sent} messages to ${message.contact} in a day, and no more than ${caps.perContactDay} may leave`;
  return { may: "wait", reason };
}

/** Why nothing may go to whom it was meant for, as the directory is today; `undefined` if it may. */
async function whyNotTo(
  session: CaseSession,
  { institution: id, contact: contactId, to, tlp }: OutboundMessage,
  now: Instant,
): Promise<string | undefined> {
  const institution = await session.institution(id);
  if (institution === undefined) return "its institution is not in the directory";
  if (institution.optedOut) return `${id} asked not to be told`;
  if (institution.relation.state === "suspended")
    return `the relation to ${id} is suspended: ${institution.relation.reason}`;
  const ceiling = tlpCeiling(institution);
  if (ceiling === null || tlpCode(tlp) > tlpCode(ceiling))
    return `TLP:${tlp} is more than ${id} may see`;
  const contact = await session.contact(contactId);
  if (contact?.address !== to) return `${contactId} does not have the address ${to} any more`;
  const standing = standingOf(contact, now);
  return standing === "usable" ? undefined : `${contactId} is ${standing}`;
}

/** Why its institution or threat is not to be alerted at the moment. */
async function whyInhibited(
  session: CaseSession,
  { institution, incident: id }: Alert,
  now: Instant,
): Promise<string | undefined> {
  const incident = await session.incident(id);
  const names = [`institution:${institution}`, `threat:${incident?.threat ?? ""}`];
  const found = (await session.inhibitions(now)).find(({ what }) => names.includes(what));
  return found && `${found.what} is inhibited until ${found.until}: ${found.reason}`;
}
