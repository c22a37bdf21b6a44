import { tlpCode } from "../../../core/marking/index.ts";
import { type Instant, later, spans } from "../../../core/time/index.ts";
import type { CaseSession, OutboundMessage } from "../../case-ports.ts";

/** The most that may leave, whatever was queued: a brake for what goes wrong. */
export interface Caps {
  /** Messages to one contact in a day. */
  readonly perContactDay: number;
}

/** The setting that holds everything back: the kill switch. Any text but an empty one and `off` is on. */
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
  return hold !== undefined && hold !== "" && hold !== "off";
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
  const institution = await session.institution(message.institution);
  if (institution === undefined) return refuse("its institution is not in the directory");
  if (institution.optedOut) return refuse(`${institution.id} asked not to be told`);
  if (tlpCode(message.tlp) > tlpCode(institution.maxTlp))
    return refuse(`TLP:${message.tlp} is more than ${institution.id} may see`);
  const sent = await session.countMessages(message.contact, later(now, -spans.day));
  if (sent <= caps.perContactDay) return { may: "go" };
  const reason = `${sent} messages to ${message.contact} in a day, and no more than ${caps.perContactDay} may leave`;
  return { may: "wait", reason };
}

function refuse(reason: string): Leave {
  return { may: "never", state: "refused", reason };
}
