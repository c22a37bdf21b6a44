import { type Instant, later, spans } from "../time/index.ts";
import type { Alert, AlertLife, AlertState, MessageKind, RestingState } from "./alert.ts";
import { nextOpen } from "./calendar.ts";
import {
  type AlertCommand,
  type AlertEvent,
  type TimerKind,
  timerKinds,
} from "./lifecycle-types.ts";
import type { AlertPolicy } from "./policy.ts";

/** What a step led to. */
export interface StepOutcome {
  readonly alert: Alert;
  readonly commands: readonly AlertCommand[];
  /** Why the event changed nothing; `null` if it did, or asked for something. */
  readonly ignored: string | null;
}

/** The name of a state. */
export type StateName = AlertState["at"];

/** What happens, in one word: timers are told apart by what they are for. */
export type Cause = Exclude<AlertEvent["type"], "timer"> | `timer:${TimerKind}`;

/** The events of a cause. */
export type EventOf<C extends Cause> = C extends `timer:${TimerKind}`
  ? Extract<AlertEvent, { type: "timer" }>
  : Extract<AlertEvent, { type: C }>;

/** An event as it meets an alert. */
export interface Meeting<S extends AlertState, E extends AlertEvent> {
  readonly alert: Alert & { readonly state: S };
  readonly event: E;
  readonly now: Instant;
  readonly policy: AlertPolicy;
}

/** The meeting of one of some causes with an alert in one of some states. */
export type Moment<S extends StateName = StateName, C extends Cause = Cause> = Meeting<
  Extract<AlertState, { at: S }>,
  EventOf<C>
>;

/** While nothing may leave, what falls due is looked at again after so long. */
const LOOK_AGAIN_MINUTES = 15;

/** Nothing changes, and this is why. */
export function ignore({ alert }: Moment, reason: string): StepOutcome {
  return { alert, commands: [], ignored: reason };
}

/** The alert is in this state from now on. */
export function become(
  { alert }: Moment,
  state: AlertState,
  commands: readonly AlertCommand[] = [],
  life: Partial<AlertLife> = {},
): StepOutcome {
  const changed = { ...alert, state, life: { ...alert.life, ...life } };
  return { alert: changed, commands, ignored: null };
}

/** Where an alert is stays, but something is noted or asked for. */
export function stay(
  moment: Moment,
  commands: readonly AlertCommand[],
  life: Partial<AlertLife> = {},
): StepOutcome {
  return become(moment, moment.alert.state, commands, life);
}

export function setTimer(timer: TimerKind, dueAt: Instant): AlertCommand {
  return { do: "set-timer", timer, dueAt };
}

export function clearTimers(...timers: readonly TimerKind[]): AlertCommand[] {
  return timers.map((timer) => ({ do: "clear-timer", timer }));
}

/** A timer that came at a bad moment comes again. */
export function postpone(moment: Moment, timer: TimerKind): StepOutcome {
  return stay(moment, [setTimer(timer, lookAgainAt(moment))]);
}

export function lookAgainAt({ now }: Moment): Instant {
  return later(now, LOOK_AGAIN_MINUTES * spans.minute);
}

/** When a message of this alert may leave, if it is due at `due`: P1 at any hour, others while somebody is there. */
export function quietUntil({ alert, policy }: Moment, due: Instant): Instant {
  return alert.priority === "P1" ? due : nextOpen(policy.hours, due);
}

/** Queues a message. Its key has a number that is used once: no second message can have it. */
export function queue(moment: Moment, message: MessageKind, rest?: RestingState): StepOutcome {
  const { alert, now } = moment;
  const number = alert.life.messages + 1;
  const notBefore = quietUntil(moment, now);
  const state: AlertState = { at: "queued", message, ...(rest && { rest }) };
  const command: AlertCommand = {
    do: "queue",
    message,
    deliveryKey: `${alert.id}/${message}-${number}`,
    ...(notBefore > now && { notBefore }),
  };
  return become(moment, state, [command], { messages: number });
}

/** Queues the message of a timer, or sets the timer anew if it may not leave now. */
export function queueWhenFree(
  moment: Moment,
  timer: TimerKind,
  message: MessageKind,
  rest?: RestingState,
): StepOutcome {
  if (moment.policy.stopped) return postpone(moment, timer);
  const free = quietUntil(moment, moment.now);
  return free > moment.now ? stay(moment, [setTimer(timer, free)]) : queue(moment, message, rest);
}

/** The end of an alert, with its reason. */
export function close(
  moment: Moment,
  reason: string,
  commands: readonly AlertCommand[] = [],
): StepOutcome {
  return become(moment, { at: "closed", reason }, [
    ...takeBack(moment, reason),
    ...clearTimers(...timerKinds),
    ...commands,
  ]);
}

/** Takes back what is queued, if something is. */
export function takeBack({ alert }: Moment, reason: string): AlertCommand[] {
  return alert.state.at === "queued" ? [{ do: "withdraw", reason }] : [];
}

/** Both outcomes, the later one on top: `next` works on what `first` made of the alert. */
export function also(first: StepOutcome, next: (alert: Alert) => StepOutcome): StepOutcome {
  const second = next(first.alert);
  return { ...second, commands: [...first.commands, ...second.commands] };
}
