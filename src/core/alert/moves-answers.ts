/** Moves that answers, new findings and verification make. An answer closes nothing: it is looked at whether it is so. */
import type { AlertState, RestingState } from "./alert.ts";
import type { AlertCommand } from "./lifecycle-types.ts";
import { digestTimer, nextRungTimer, restOf, watch } from "./thread.ts";
import {
  become,
  clearTimers,
  close,
  ignore,
  type Moment,
  queue,
  type StateName,
  stay,
  type StepOutcome,
  takeBack,
} from "./outcome.ts";

/** States in which something of ours is out, or may be. */
type Out = Exclude<StateName, "draft" | "awaiting-approval" | "closed">;

/** An automatic reply is a receipt, not an answer. */
export function autoReplied(moment: Moment<Out, "auto-replied">): StepOutcome {
  const { alert, now } = moment;
  return stay(moment, [{ do: "note-receipt", level: "R2" }], {
    autoRepliedAt: alert.life.autoRepliedAt ?? now,
  });
}

export function acknowledged(moment: Moment<Out, "acknowledged">): StepOutcome {
  const rest = restOf(moment);
  const further = rest?.at === "claims-fixed" || rest?.at === "disputed" || rest?.at === "closed";
  if (further) return answered(moment, rest, []);
  return answered(moment, { at: "acknowledged" }, nextRungTimer(moment));
}

/** A claim starts a verification, and closes nothing. */
export function claimedFixed(moment: Moment<Out, "claimed-fixed">): StepOutcome {
  if (restOf(moment)?.at === "closed") return answered(moment, restOf(moment)!, []);
  return answered(moment, { at: "claims-fixed" }, [
    ...clearTimers("next-rung"),
    { do: "start-verification" },
  ]);
}

/** They say that it is not so, or not theirs: a person settles it. */
export function disputed(moment: Moment<Out, "disputed">): StepOutcome {
  if (restOf(moment)?.at === "closed") return answered(moment, restOf(moment)!, []);
  return answered(moment, { at: "disputed" }, [
    ...clearTimers("next-rung", "digest"),
    { do: "ask", task: "settle-dispute", why: `${moment.event.by} disputes it` },
  ]);
}

/** Somebody of theirs answered: the thread rests at `rest`, at once or when what is on its way has arrived. */
function answered(
  moment: Moment<Out, "acknowledged" | "claimed-fixed" | "disputed">,
  rest: RestingState,
  commands: readonly AlertCommand[],
): StepOutcome {
  const { alert, now } = moment;
  const { life } = alert;
  if (life.messages === 0) return ignore(moment, "nothing was sent that could be answered");
  const noted: AlertCommand[] = [
    { do: "note-receipt", level: "R4" },
    ...clearTimers("acknowledgement-due", "reminder"),
  ];
  return become(
    moment,
    stateAfterAnswer(alert.state, rest),
    [...takeBackReminder(moment), ...noted, ...commands],
    {
      firstSentAt: life.firstSentAt ?? now,
      acknowledgedAt: life.acknowledgedAt ?? now,
    },
  );
}

/** A message on the wire stays there, a held thread stays held; whoever answers has got what is `unknown`. */
function stateAfterAnswer(state: AlertState, rest: RestingState): AlertState {
  const carries = state.at === "sending" || state.at === "held" || state.at === "queued";
  if (!carries || (state.at === "queued" && state.message === "reminder")) return rest;
  return { ...state, rest };
}

/** Who has answered is not reminded. */
function takeBackReminder(moment: Moment): AlertCommand[] {
  const { state } = moment.alert;
  const reminds = state.at === "queued" && state.message === "reminder";
  return reminds ? takeBack(moment, "an answer came") : [];
}

/** An answer to what is closed is for a person to read. */
export function answerAfterClosing(
  moment: Moment<"closed", "acknowledged" | "claimed-fixed" | "disputed">,
): StepOutcome {
  return stay(moment, [
    { do: "note-receipt", level: "R4" },
    { do: "ask", task: "read-answer", why: `an answer (${moment.event.type}) came after the end` },
  ]);
}

/** New findings are told at the next digest, never one by one unless the rule says at once. */
export function findingsAdded(
  moment: Moment<
    "sent" | "acknowledged" | "claims-fixed" | "queued" | "sending" | "unknown",
    "findings-added"
  >,
): StepOutcome {
  return stay(moment, digestTimer(moment));
}

/** Looking again came to an end. */
export function verified(
  moment: Moment<Exclude<StateName, "closed" | "sending">, "verified">,
): StepOutcome {
  return moment.event.clean ? clean(moment) : stillAffected(moment);
}

/** A message is on the wire: the verdict waits for it. */
export function verifiedInFlight(moment: Moment<"sending", "verified">): StepOutcome {
  if (!moment.event.clean) return ignore(moment, "it is still affected: the thread goes on");
  const rest: RestingState = { at: "closed", reason: CLEAN };
  return become(moment, { ...moment.alert.state, rest }, [{ do: "note-receipt", level: "R6" }]);
}

function clean(moment: Moment): StepOutcome {
  const { alert, policy } = moment;
  if (restOf(moment)?.at === "closed") return ignore(moment, "its end is being told");
  const receipt: AlertCommand = { do: "note-receipt", level: "R6" };
  const told =
    alert.life.firstSentAt !== null && alert.state.at !== "held" && alert.state.at !== "bounced";
  const silent = !told || policy.stopped || !policy.tellClosure;
  const closed = close(moment, CLEAN, told ? [receipt] : []);
  if (silent) return closed;
  const said = queue(moment, "closure", { at: "closed", reason: CLEAN });
  return { ...said, commands: [...closed.commands, ...said.commands] };
}

/** Only who claimed otherwise is told, once a claim; the next rung's time begins anew. */
function stillAffected(moment: Moment): StepOutcome {
  const { alert, policy } = moment;
  if (alert.state.at !== "claims-fixed")
    return ignore(moment, "it is still affected: the thread goes on");
  const rest: RestingState = { at: "acknowledged" };
  if (policy.stopped) return become(moment, rest, nextRungTimer(moment));
  const said = queue(moment, "verification", rest);
  return { ...said, commands: [...nextRungTimer(moment), ...said.commands] };
}

/** A person settled the dispute: the thread goes on. */
export function settled(moment: Moment<"disputed", "released">): StepOutcome {
  const rest: RestingState = { at: "acknowledged" };
  return become(moment, rest, [...watch(moment, rest), ...digestTimer(moment)]);
}

const CLEAN = "verified-clean";
