import { type Instant, later, spans } from "../../../core/time/index.ts";
import type { CaseSession, OutboundMessage } from "../../case-ports.ts";
import { isHeld, mayLeave } from "./may-leave.ts";
import { note } from "./note.ts";
import type { OutboxParts } from "./parts.ts";

/** A message that had to wait is looked at again after this. */
const LOOK_AGAIN_MS = 15 * spans.minute;

/**
 * Takes messages up, the most urgent first: from here on they are `sending`, and a crash leaves them `unknown`. Nothing is taken while the
 * kill switch is on. One that may not leave makes room for the next.
 */
export async function takeMessages(parts: OutboxParts, most: number): Promise<OutboundMessage[]> {
  const now = parts.now();
  const waiting = await parts.cases.read((session) => session.sendable(now, 1));
  if (waiting.length === 0) return [];
  return parts.cases.write(async (session) => {
    if (await isHeld(session)) return [];
    const taken: OutboundMessage[] = [];
    while (taken.length < most) {
      const page = await session.sendable(now, most - taken.length);
      if (page.length === 0) break;
      for (const message of page) {
        const what = await take(session, parts, message, now);
        // Somebody else sends as well: we come again.
        if (what === "lost") return taken;
        if (what === "ours") taken.push(message);
      }
    }
    return taken;
  });
}

/** Whether it is `ours` to send, or somebody else was sooner. What is `put off` is `sendable` no more, as what is ours. */
async function take(
  session: CaseSession,
  parts: OutboxParts,
  message: OutboundMessage,
  now: Instant,
): Promise<"ours" | "lost" | "put off"> {
  const { deliveryKey: key, attempts, alert } = message;
  const leave = await mayLeave(session, message, parts.caps, now);
  if (leave.may === "go") {
    if (!(await session.takeMessage(key, now))) return "lost";
    await parts.applyEvent(session, alert, { type: "sending" }, now);
    await note(session, message, "sending", {}, now);
    return "ours";
  }
  const { reason } = leave;
  if (leave.may === "wait") {
    await session.setMessageState(key, { at: "queued" }, attempts, later(now, LOOK_AGAIN_MS));
    await note(session, message, "waits", { reason }, now);
    return "put off";
  }
  await session.setMessageState(key, { at: leave.state, on: now, reason }, attempts);
  if (leave.state === "refused")
    await parts.applyEvent(session, alert, { type: "bounced", reason }, now);
  await note(session, message, leave.state, { reason }, now);
  return "put off";
}
