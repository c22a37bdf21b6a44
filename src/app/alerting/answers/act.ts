import type { AlertEvent } from "../../../core/alert/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseSession, InboundMessage, OutboundMessage, ReadMail } from "../../case-ports.ts";
import type { ApplyEvent } from "../apply-event.ts";
import { openTask } from "../open-task.ts";
import type { Meaning } from "./match.ts";

/** Does what a mail means for its alert. The mail's id is the evidence of the receipts that come of it. */
export async function act(
  session: CaseSession,
  applyEvent: ApplyEvent,
  meaning: Meaning,
  inbound: InboundMessage,
  mail: ReadMail,
  message: OutboundMessage | undefined,
  now: Instant,
): Promise<void> {
  const alert = inbound.alert!;
  const apply = (event: AlertEvent) => applyEvent(session, alert, event, now, inbound.id);
  const by = inbound.from;
  switch (meaning) {
    case "acknowledged":
    case "claimed-fixed":
    case "disputed":
      return apply({ type: meaning, by });
    case "auto-replied":
      return apply({ type: meaning });
    case "ask":
      return openTask(
        session,
        "read-answer",
        `alert:${alert}`,
        `${by}: its signature is wrong`,
        now,
      );
    case "bounced":
      if (message && (await isCurrent(session, message)))
        await bounce(session, apply, message, mail, now);
      return;
    case "arrived":
      await session.addReceipt({ alert, level: "R1", at: now, evidence: inbound.id });
      if (message?.state.at === "unknown") await arrived(session, apply, message, now);
      return;
    case "nothing":
      return;
  }
}

/** A late failure at an address that the thread has left says nothing of where it is now. */
async function isCurrent(session: CaseSession, message: OutboundMessage): Promise<boolean> {
  const alert = await session.alert(message.alert);
  return alert?.contact === message.contact;
}

async function bounce(
  session: CaseSession,
  apply: (event: AlertEvent) => Promise<void>,
  { deliveryKey, state, attempts }: OutboundMessage,
  { about }: ReadMail,
  now: Instant,
): Promise<void> {
  const reason = about?.reason || about?.status || "a delivery failure was reported";
  if (state.at === "unknown")
    await session.setMessageState(deliveryKey, { at: "refused", on: now, reason }, attempts);
  await apply({ type: "bounced", reason });
}

/** A message of which nobody knew has arrived: the report decides what a person was asked to. */
async function arrived(
  session: CaseSession,
  apply: (event: AlertEvent) => Promise<void>,
  { deliveryKey, alert, attempts }: OutboundMessage,
  now: Instant,
): Promise<void> {
  const response = "reported as delivered";
  await session.setMessageState(deliveryKey, { at: "delivered", on: now, response }, attempts);
  await apply({ type: "resolved", by: "mail-in", arrived: true });
  const subject = `alert:${alert}`;
  const asked = await session.tasks({ open: true, kind: "decide-unknown", subject, limit: 1 });
  for (const { id } of asked) await session.finishTask(id, "mail-in", now, response);
}
