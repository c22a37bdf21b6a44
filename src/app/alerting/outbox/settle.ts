import type { AlertEvent } from "../../../core/alert/index.ts";
import { type Instant, later, spans } from "../../../core/time/index.ts";
import type { CaseSession, Delivery, OutboundMessage, OutboundState } from "../../case-ports.ts";
import { openTask } from "../open-task.ts";
import { waitAfter } from "./back-off.ts";
import { note } from "./note.ts";
import type { OutboxParts } from "./parts.ts";

/** What an outcome makes of a message and of its alert. */
interface Settlement {
  readonly state: OutboundState;
  readonly event: AlertEvent;
  readonly notBefore?: Instant;
}

/** What came of a message. */
export interface Outcome {
  readonly message: OutboundMessage;
  readonly delivery: Delivery;
  /** We are about to end: what was broken off by that goes first at the next start. */
  readonly stopping: boolean;
}

/** Stores an outcome, with what it means for the message's alert. */
export async function settleIn(
  session: CaseSession,
  parts: OutboxParts,
  { message, delivery, stopping }: Outcome,
): Promise<void> {
  const now = parts.now();
  const current = await session.message(message.deliveryKey);
  // Somebody decided meanwhile; only that it arrived is still worth knowing.
  if (current?.state.at !== "sending" && delivery.outcome !== "delivered") return;
  const attempts = current?.attempts ?? message.attempts + 1;
  if (stopping && delivery.outcome === "deferred")
    return record(session, parts, message, again(delivery.reason, now), attempts - 1, now);
  await record(session, parts, message, settlementOf(delivery, attempts, now), attempts, now);
}

/** After a crash nobody knows what became of what was under way: a person decides. To be done before anything is sent. */
export async function recoverOutbox(
  parts: Pick<OutboxParts, "cases" | "applyEvent">,
  now: Instant,
): Promise<number> {
  const reason = "the program ended while it was sending";
  const settlement = settlementOf({ outcome: "unknown", reason }, 1, now);
  let recovered = 0;
  for (let page = PAGE; page === PAGE; recovered += page)
    page = await parts.cases.write(async (session) => {
      const broken = await session.messages({ state: "sending", limit: PAGE });
      for (const message of broken)
        await record(session, parts, message, settlement, message.attempts, now);
      return broken.length;
    });
  return recovered;
}

const PAGE = 200;
/** Nobody puts us off for longer. */
const LONGEST_WISH_SECONDS = 86_400;

async function record(
  session: CaseSession,
  { applyEvent }: Pick<OutboxParts, "applyEvent">,
  message: OutboundMessage,
  { state, event, notBefore }: Settlement,
  attempts: number,
  now: Instant,
): Promise<void> {
  await session.setMessageState(message.deliveryKey, state, attempts, notBefore);
  const evidence = event.type === "delivered" ? event.response : message.deliveryKey;
  await applyEvent(session, message.alert, event, now, evidence);
  if (event.type === "outcome-unknown")
    await openTask(session, "decide-unknown", `alert:${message.alert}`, event.reason, now);
  const { type, ...said } = event;
  const what = type === "outcome-unknown" ? "unknown" : type;
  await note(session, message, what, { ...said, attempts, ...(notBefore && { notBefore }) }, now);
}

function settlementOf(delivery: Delivery, attempts: number, now: Instant): Settlement {
  switch (delivery.outcome) {
    case "delivered": {
      const { response } = delivery;
      return {
        state: { at: "delivered", on: now, response },
        event: { type: "delivered", response },
      };
    }
    case "deferred": {
      const minutes = waitAfter(attempts);
      const { reason } = delivery;
      if (minutes === undefined) return refused(`given up after two days: ${reason}`, now);
      const asked = Math.min(delivery.retryAfterSeconds ?? 0, LONGEST_WISH_SECONDS) * 1000;
      return again(reason, later(now, Math.max(minutes * spans.minute, asked)));
    }
    case "refused":
      return refused(delivery.reason, now);
    case "unknown": {
      const { reason } = delivery;
      return {
        state: { at: "unknown", on: now, reason },
        event: { type: "outcome-unknown", reason },
      };
    }
  }
}

function again(reason: string, notBefore: Instant): Settlement {
  return { state: { at: "queued" }, event: { type: "deferred", reason }, notBefore };
}

function refused(reason: string, now: Instant): Settlement {
  return { state: { at: "refused", on: now, reason }, event: { type: "refused", reason } };
}
