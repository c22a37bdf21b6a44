/** Moves before anything is sent, and when a person holds it: drafted, approved, held, released. */
import { type Instant, later, spans } from "../time/index.ts";
import type { AlertState } from "./alert.ts";
import type { AlertCommand } from "./lifecycle-types.ts";
import {
  also,
  become,
  clearTimers,
  ignore,
  lookAgainAt,
  type Moment,
  queue,
  queueWhenFree,
  quietUntil,
  setTimer,
  type StateName,
  stay,
  type StepOutcome,
  takeBack,
} from "./outcome.ts";
import { digestTimer, due, nextRungTimer, restOf, watch } from "./thread.ts";

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
function waitForFirst(moment: Moment, dueAt: Instant): StepOutcome {
  const { now, policy } = moment;
  if (dueAt <= now && !policy.stopped) return queue(moment, "alert");
  const wait = policy.stopped && dueAt <= now ? lookAgainAt(moment) : dueAt;
  return become(moment, { at: "draft" }, [setTimer("first-message", wait)]);
}

/** When the first message has waited long enough for others: as long as its priority says, or its rule's digest if that is shorter. */
function gathered(moment: Moment): Instant {
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

/** The hold is over: back to where the thread was, or on its first way out. */
export function released(moment: Moment<"held", "released">): StepOutcome {
  const { event, now } = moment;
  const rest = restOf(moment);
  if (rest !== undefined)
    return become(moment, rest, [...watch(moment, rest), ...digestTimer(moment)]);
  if (moment.alert.contact === "") return ignore(moment, "there is nobody to write to");
  if (event.needs > 0)
    return also(stay(moment, clearTimers("next-rung")), (alert) =>
      // Whoever lets it go has said yes by that: what is missing is another person's.
      awaitApproval({ ...moment, alert }, event.needs, event.by),
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
