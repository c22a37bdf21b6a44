/** Moves on the way out: drafted, approved, held, queued, sending, delivered or not. */
import { after } from "./calendar.ts";
import type { AlertState, RestingState } from "./alert.ts";
import type { AlertCommand } from "./lifecycle-types.ts";
import {
  also,
  become,
  clearTimers,
  close,
  ignore,
  lookAgainAt,
  type Moment,
  postpone,
  queue,
  queueWhenFree,
  quietUntil,
  setTimer,
  type StateName,
  stay,
  type StepOutcome,
  takeBack,
} from "./outcome.ts";
import { later, spans } from "../time/index.ts";

/** States in which a message has a name. */
type UnderWay = "queued" | "sending" | "unknown";

/** No failure for so long is a receipt: R1. */
const NO_BOUNCE_HOURS = 24;

/** The routing is done: held, put before people, or on its way. */
export function drafted(moment: Moment<"draft", "drafted">): StepOutcome {
  const { event } = moment;
  const stop = setTimer("stop", due(moment, "stop", moment.alert.openedAt));
  if (event.hold !== null) return holdBack(moment, event.hold, stop);
  const next =
    event.needs > 0
      ? (it: Moment) => awaitApproval(it, event.needs, event.by)
      : (it: Moment) => waitForFirst(it, gathered(it));
  return also(stay(moment, [stop]), (alert) => next({ ...moment, alert }));
}

/** Nobody may be written to: a person is asked, and the ladder goes on without us having to wait for that person. */
function holdBack(
  moment: Moment<"draft", "drafted">,
  reason: string,
  stop: AlertCommand,
): StepOutcome {
  const usual = moment.alert.contact === "" ? "find-contact" : "verify-contact";
  return become(moment, { at: "held", reason }, [
    stop,
    { do: "ask", task: moment.event.task ?? usual, why: reason },
    ...nextRungTimer(moment),
  ]);
}

function awaitApproval(moment: Moment, needs: number, draftedBy?: string): StepOutcome {
  const state: AlertState = {
    at: "awaiting-approval",
    needs,
    by: [],
    ...(draftedBy !== undefined && { draftedBy }),
  };
  const why = needs === 1 ? "one person must say yes" : `${needs} people must say yes`;
  return become(moment, state, [
    ...clearTimers("first-message"),
    { do: "ask", task: "approve", why },
  ]);
}

/** In draft until the first message is due, which may be now. */
function waitForFirst(moment: Moment, dueAt: string): StepOutcome {
  const { now, policy } = moment;
  if (dueAt <= now && !policy.stopped) return queue(moment, "alert");
  const wait = policy.stopped && dueAt <= now ? lookAgainAt(moment) : dueAt;
  return become(moment, { at: "draft" }, [setTimer("first-message", wait)]);
}

/** When the first message has waited long enough for others: as long as its priority says, or its rule's digest if that is shorter. */
function gathered(moment: Moment): string {
  const { alert, policy } = moment;
  const minutes = Math.min(policy.timers[alert.priority].gatherMinutes, alert.terms.digestMinutes);
  return quietUntil(moment, later(alert.openedAt, minutes * spans.minute));
}

/** A person says yes; each counts once, and whoever drafted it by hand not at all. */
export function approved(moment: Moment<"awaiting-approval", "approved">): StepOutcome {
  const { state } = moment.alert;
  const { by } = moment.event;
  if (by === "") return ignore(moment, "an approval needs a name");
  if (by === state.draftedBy)
    return ignore(moment, `${by} drafted it: another person must say yes`);
  if (state.by.includes(by)) return ignore(moment, `${by} has said yes: another person must, too`);
  const yes = [...state.by, by];
  if (yes.length < state.needs) return become(moment, { ...state, by: yes });
  const free = gathered(moment);
  const { now } = moment;
  return waitForFirst(moment, free > now ? free : quietUntil(moment, now));
}

/** A person holds it; what is queued is taken back. */
export function held(
  moment: Moment<Exclude<StateName, "held" | "sending" | "closed">, "held">,
): StepOutcome {
  const { event } = moment;
  const rest = restOf(moment);
  return become(
    moment,
    { at: "held", reason: `${event.by}: ${event.reason}`, ...(rest && { rest }) },
    [
      ...takeBack(moment, event.reason),
      ...clearTimers("first-message", "digest", "acknowledgement-due", "reminder", "next-rung"),
    ],
  );
}

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

/** The hold is over: back to where the thread was, or on its first way out. */
export function released(moment: Moment<"held", "released">): StepOutcome {
  const { event, now } = moment;
  const rest = restOf(moment);
  if (rest !== undefined)
    return become(moment, rest, [...watch(moment, rest), ...digestTimer(moment)]);
  if (moment.alert.contact === "") return ignore(moment, "there is nobody to write to");
  if (event.needs > 0)
    return also(stay(moment, clearTimers("next-rung")), (alert) =>
      awaitApproval({ ...moment, alert }, event.needs),
    );
  return also(stay(moment, clearTimers("next-rung")), (alert) =>
    waitForFirst({ ...moment, alert }, quietUntil(moment, now)),
  );
}

export function firstMessage(
  moment: Moment<"draft" | "bounced", "timer:first-message">,
): StepOutcome {
  return queueWhenFree(moment, "first-message", "alert");
}

export function sending(moment: Moment<"queued", "sending">): StepOutcome {
  return become(moment, { ...moment.alert.state, at: "sending" });
}

/** The other side will not take it now: it is in the queue again, where it can be taken back. */
export function deferred(moment: Moment<"sending", "deferred">): StepOutcome {
  return become(moment, { ...moment.alert.state, at: "queued" });
}

/** The other side took it. */
export function delivered(
  moment: Moment<"sending" | "unknown", "delivered" | "resolved">,
): StepOutcome {
  const { alert, now } = moment;
  const rest = alert.state.rest ?? restOf(moment) ?? { at: "sent" };
  const life = { firstSentAt: alert.life.firstSentAt ?? now, lastSentAt: now };
  const receipt: AlertCommand = { do: "note-receipt", level: "R0" };
  if (rest.at === "closed") return become(moment, rest, [receipt], life);
  const noBounce = setTimer("no-bounce", later(now, NO_BOUNCE_HOURS * spans.hour));
  const watched = alert.state.message === "alert" ? watch(moment, rest) : [];
  return become(moment, rest, [receipt, noBounce, ...watched], life);
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

function due(moment: Moment, timer: "reminder" | "stop", from: string): string {
  const { alert, policy } = moment;
  return after(policy.timers[alert.priority][timer], from, policy.hours);
}

/** It was in mid-send when the line broke. */
export function outcomeUnknown(moment: Moment<"sending", "outcome-unknown">): StepOutcome {
  const why = `${moment.alert.state.message}: ${moment.event.reason}`;
  return become(moment, { ...moment.alert.state, at: "unknown" }, [
    { do: "ask", task: "decide-unknown", why },
  ]);
}

/** A person found out whether it arrived. */
export function resolved(moment: Moment<"unknown", "resolved">): StepOutcome {
  if (moment.event.arrived) return delivered(moment);
  if (moment.policy.stopped) return ignore(moment, KILL_SWITCH);
  const { life, state } = moment.alert;
  const pointless = state.message === "reminder" && life.acknowledgedAt !== null;
  return pointless
    ? become(moment, restOf(moment) ?? { at: "acknowledged" })
    : queue(moment, state.message, state.rest);
}

/** It did not arrive and will not: the party's next contact gets it, or a person finds one. */
export function undelivered(
  moment: Moment<UnderWay | "sent" | "acknowledged" | "claims-fixed", "bounced" | "refused">,
): StepOutcome {
  const { alert, event, policy } = moment;
  const rest =
    alert.state.at === "sending" || alert.state.at === "unknown" ? alert.state.rest : undefined;
  if (rest?.at === "closed") return close(moment, rest.reason);
  const state: AlertState = { at: "bounced", reason: event.reason };
  const commands = [
    ...takeBack(moment, event.reason),
    ...clearTimers("no-bounce", "digest", "acknowledgement-due", "reminder"),
    ...(alert.life.firstSentAt === null ? nextRungTimer(moment) : []),
  ];
  if (policy.alternate === null)
    return become(moment, state, [
      ...commands,
      { do: "ask", task: "find-contact", why: event.reason },
    ]);
  return also(become(moment, state, commands), (bounced) =>
    queueWhenFree(
      { ...moment, alert: { ...bounced, ...policy.alternate } },
      "first-message",
      "alert",
    ),
  );
}

/** A person has it sent once more, to the alert's contact as it is now. */
export function resendAsked(
  moment: Moment<"sent" | "acknowledged" | "bounced", "resend-asked">,
): StepOutcome {
  if (moment.policy.stopped) return ignore(moment, KILL_SWITCH);
  if (moment.alert.contact === "") return ignore(moment, "there is nobody to write to");
  return queue(moment, "alert", restOf(moment));
}

/** What comes while a message is on its way is looked at once it has arrived. */
export function comeAgain(
  moment: Moment<UnderWay, "timer:digest" | "timer:reminder" | "timer:next-rung" | "timer:stop">,
): StepOutcome {
  return postpone(moment, moment.event.timer);
}

/** The message was on the wire when the alert was closed or held. */
export function deliveredLate(moment: Moment<"closed", "delivered">): StepOutcome {
  const { alert, now } = moment;
  const life = { firstSentAt: alert.life.firstSentAt ?? now, lastSentAt: now };
  return stay(moment, [{ do: "note-receipt", level: "R0" }], life);
}

const KILL_SWITCH = "everything is held: the kill switch is on";
