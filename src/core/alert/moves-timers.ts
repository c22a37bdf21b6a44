/** Moves that time makes. No timer says that something is solved: what ends by time is `expired`. */
import {
  become,
  close,
  ignore,
  type Moment,
  queueWhenFree,
  type StateName,
  stay,
  type StepOutcome,
} from "./outcome.ts";

type AtRest = "sent" | "acknowledged" | "claims-fixed" | "disputed";

/** R1: nothing came back as undeliverable. */
export function noBounce(moment: Moment<AtRest, "timer:no-bounce">): StepOutcome {
  return stay(moment, [{ do: "note-receipt", level: "R1" }]);
}

/** New findings have waited long enough. */
export function digest(
  moment: Moment<"sent" | "acknowledged" | "claims-fixed", "timer:digest">,
): StepOutcome {
  return queueWhenFree(moment, "digest", "update", moment.alert.state);
}

/** No answer in time. */
export function acknowledgementDue(
  moment: Moment<"sent", "timer:acknowledgement-due">,
): StepOutcome {
  const { alert, policy } = moment;
  if (!policy.timers[alert.priority].telephone)
    return ignore(moment, "no answer came in time; the reminder follows");
  return stay(moment, [
    { do: "ask", task: "telephone", why: `no answer to ${alert.ticket} in time` },
  ]);
}

/** One reminder a rung, to who has not answered. */
export function reminder(moment: Moment<"sent", "timer:reminder">): StepOutcome {
  const { life, state } = moment.alert;
  if (life.reminders > 0) return ignore(moment, "it was reminded: once a rung");
  const outcome = queueWhenFree(moment, "reminder", "reminder", state);
  if (outcome.alert.state.at !== "queued") return outcome;
  const reminded = { ...outcome.alert, life: { ...outcome.alert.life, reminders: 1 } };
  return { ...outcome, alert: reminded };
}

/** Silence, or words without effect: the next rung is told as well. */
export function nextRung(
  moment: Moment<"sent" | "acknowledged" | "bounced" | "held" | "unknown", "timer:next-rung">,
): StepOutcome {
  const { alert, now, policy } = moment;
  if (alert.life.escalatedAt !== null) return ignore(moment, "the next rung was told");
  if (!policy.rungAbove) return ignore(moment, "there is no rung above");
  return stay(moment, [{ do: "open-rung", rung: alert.rung + 1 }], { escalatedAt: now });
}

/** We give up, and say so. */
export function stop(
  moment: Moment<Exclude<StateName, "sending" | "closed">, "timer:stop">,
): StepOutcome {
  return close(moment, `expired: ${whyExpired(moment)}`);
}

function whyExpired({ alert }: Moment): string {
  if (alert.life.firstSentAt === null) return "it was never sent";
  return alert.life.acknowledgedAt === null
    ? "nobody answered"
    : "answered, but never seen to be over";
}

/** A person ends it; they must say why. */
export function closed(moment: Moment<Exclude<StateName, "closed">, "closed">): StepOutcome {
  const { by, reason } = moment.event;
  if (by === "" || reason.trim() === "") return ignore(moment, "whoever closes says why");
  return moment.alert.state.at === "sending"
    ? become(moment, { ...moment.alert.state, rest: { at: "closed", reason } })
    : close(moment, reason);
}
