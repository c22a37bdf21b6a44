import type { Instant } from "../../../core/time/index.ts";
import type { CaseSession, OutboundMessage } from "../../case-ports.ts";

/** Writes into the audit log what became of a message. */
export async function note(
  session: CaseSession,
  { deliveryKey, alert, channel, to, sha256 }: OutboundMessage,
  what: string,
  more: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<void> {
  await session.audit({
    at: now,
    actor: "outbox",
    action: `message.${what}`,
    subject: `alert:${alert}`,
    after: { deliveryKey, channel, to, sha256, ...more },
  });
}
