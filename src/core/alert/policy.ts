import type { Channel, Hours } from "../institution/index.ts";
import type { Priority } from "./alert.ts";

/** A span in a policy: of the clock, or of the recipient's working days. */
export type Wait = { readonly minutes: number } | { readonly businessDays: number };

/** When what falls due in the life of an alert of one priority. Counted from the first message that was delivered. */
export interface AlertTimers {
  /** How long the first message waits for more findings of its incident; 0: it leaves at once. */
  readonly gatherMinutes: number;
  /** When an answer is due; `null`: none is asked for. */
  readonly acknowledgement: Wait | null;
  /** Whether a person is asked to telephone when no answer came in time. */
  readonly telephone: boolean;
  readonly reminder: Wait;
  /** When the next rung of the ladder is told; `null`: never. */
  readonly nextRung: Wait | null;
  /** When we give up; counted from the drafting. */
  readonly stop: Wait;
}

const hours = (count: number): Wait => ({ minutes: count * 60 });
const days = (count: number): Wait => ({ minutes: count * 24 * 60 });
const businessDays = (count: number): Wait => ({ businessDays: count });

/** The timers of ALERTING 6.2. First messages leave well inside the limits there (15 min, 1 h, daily, weekly). */
export const defaultTimers: Readonly<Record<Priority, AlertTimers>> = {
  P1: {
    gatherMinutes: 0,
    acknowledgement: hours(4),
    telephone: true,
    reminder: hours(24),
    nextRung: hours(48),
    stop: days(60),
  },
  P2: {
    gatherMinutes: 30,
    acknowledgement: businessDays(1),
    telephone: false,
    reminder: days(3),
    nextRung: days(7),
    stop: days(60),
  },
  P3: {
    gatherMinutes: 24 * 60,
    acknowledgement: businessDays(3),
    telephone: false,
    reminder: days(7),
    nextRung: days(14),
    stop: days(90),
  },
  P4: {
    gatherMinutes: 7 * 24 * 60,
    acknowledgement: null,
    telephone: false,
    reminder: days(30),
    nextRung: null,
    stop: days(90),
  },
};

/** What a step is decided by: our timers, and how things stand with this alert's recipient at the moment. */
export interface AlertPolicy {
  readonly timers: Readonly<Record<Priority, AlertTimers>>;
  /** The kill switch: while it is on, no step queues anything. */
  readonly stopped: boolean;
  /** When the contact is at work: outside of it only P1 is sent. `null`: round the clock. */
  readonly hours: Hours | null;
  /** Another usable contact of the same institution that this thread has not tried; `null`: none. */
  readonly alternate: { readonly contact: string; readonly channel: Channel } | null;
  /** Whether the ladder has a rung above this alert's. */
  readonly rungAbove: boolean;
  /** Whether an institution is told that its matter is closed. */
  readonly tellClosure: boolean;
}

/** The policy of a recipient of whom nothing is known. */
export const defaultPolicy: AlertPolicy = {
  timers: defaultTimers,
  stopped: false,
  hours: null,
  alternate: null,
  rungAbove: true,
  tellClosure: true,
};
