/** Moves on the way out: queued, sending, delivered or not. */
import { later, spans } from "../time/index.ts";
import type { AlertState } from "./alert.ts";
import type { AlertCommand } from "./lifecycle-types.ts";
import {
  also,
  become,
  clearTimers,
  close,
  ignore,
  type Moment,
  postpone,
  queue,
  queueWhenFree,
  setTimer,
  stay,
  type StepOutcome,
  takeBack,
} from "./outcome.ts";
import { isPointless, nextRungTimer, restOf, watch } from "./thread.ts";

/** States in which a message has a name. */
type UnderWay = "queued" | "sending" | "unknown";

/** No failure for so long is a receipt: R1. */
const NO_BOUNCE_HOURS = 24;

export function sending(moment: Moment<"queued", "sending">): StepOutcome {
  return become(moment, { ...moment.alert.state, at: "sending" });
}

/** The other side will not take it now: it is in the queue again, where it can be taken back. */
export function deferred(moment: Moment<"sending", "deferred">): StepOutcome {
  const again = become(moment, { ...moment.alert.state, at: "queued" });
  return isPointless(moment.alert) ? drop({ ...moment, alert: again.alert }) : again;
}

/** What has lost its sense is not sent: the thread rests where it would have. */
function drop(moment: Moment): StepOutcome {
  const rest = restOf(moment) ?? { at: "sent" };
  return rest.at === "closed"
    ? close(moment, rest.reason)
    : become(moment, rest, takeBack(moment, "it has lost its sense"));
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
  const { message, rest } = moment.alert.state;
  return isPointless(moment.alert) ? drop(moment) : queue(moment, message, rest);
}

/** It did not arrive and will not: the party's next contact gets it, or a person finds one. */
export function undelivered(
  moment: Moment<UnderWay | "sent" | "acknowledged" | "claims-fixed", "bounced" | "refused">,
): StepOutcome {
  const { alert, event, policy } = moment;
  const rest = "rest" in alert.state ? alert.state.rest : undefined;
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
