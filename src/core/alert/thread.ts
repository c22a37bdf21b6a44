/** How a thread stands apart from what is on its way, and the timers that it has at rest. */
import { type Instant, later, spans } from "../time/index.ts";
import type { Alert, RestingState } from "./alert.ts";
import { after } from "./calendar.ts";
import type { AlertCommand } from "./lifecycle-types.ts";
import { type Moment, quietUntil, setTimer } from "./outcome.ts";

/** Where a thread stands apart from what is on its way; `undefined` if nothing was ever sent. */
export function restOf({ alert }: Moment): RestingState | undefined {
  const { state, life } = alert;
  switch (state.at) {
    case "sent":
    case "acknowledged":
    case "claims-fixed":
    case "disputed":
    case "closed":
      return state;
    case "queued":
    case "sending":
    case "unknown":
    case "held":
      if (state.rest) return state.rest;
      break;
    case "draft":
    case "awaiting-approval":
    case "bounced":
      break;
  }
  if (life.firstSentAt === null) return undefined;
  return life.acknowledgedAt === null ? { at: "sent" } : { at: "acknowledged" };
}

/** Whether what is on its way has lost its sense: the thread has ended, or whoever is reminded has answered. */
export function isPointless(alert: Alert): boolean {
  const { state, life } = alert;
  if (!("message" in state)) return false;
  if (state.message === "reminder") return life.acknowledgedAt !== null;
  return state.rest?.at === "closed" && state.message !== "closure";
}

/** The timers of a thread at rest, from now on. */
export function watch(moment: Moment, rest: RestingState): AlertCommand[] {
  if (rest.at === "acknowledged") return nextRungTimer(moment);
  if (rest.at !== "sent") return [];
  const { alert, policy } = moment;
  const { acknowledgement } = policy.timers[alert.priority];
  return [
    ...(acknowledgement
      ? [setTimer("acknowledgement-due", after(acknowledgement, moment.now, policy.hours))]
      : []),
    ...(alert.life.reminders === 0
      ? [setTimer("reminder", quietUntil(moment, due(moment, "reminder", moment.now)))]
      : []),
    ...nextRungTimer(moment),
  ];
}

/** When new findings are told: a digest's time after the last message. Whoever keeps the timer asks first whether there are any. */
export function digestTimer(moment: Moment): AlertCommand[] {
  const { alert, now } = moment;
  const next = later(alert.life.lastSentAt ?? now, alert.terms.digestMinutes * spans.minute);
  return [setTimer("digest", quietUntil(moment, next > now ? next : now))];
}

/** The next rung's time from now on; nothing if it was told, or there is none. */
export function nextRungTimer(moment: Moment): AlertCommand[] {
  const { alert, policy, now } = moment;
  const { nextRung } = policy.timers[alert.priority];
  return nextRung === null || alert.life.escalatedAt !== null || !policy.rungAbove
    ? []
    : [setTimer("next-rung", after(nextRung, now, policy.hours))];
}

/** When a timer of the alert's priority is due, counted from a moment. */
export function due(moment: Moment, timer: "reminder" | "stop", from: Instant): Instant {
  const { alert, policy } = moment;
  return after(policy.timers[alert.priority][timer], from, policy.hours);
}
