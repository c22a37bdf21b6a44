import type { Instant } from "../time/index.ts";
import type { Alert } from "./alert.ts";
import type { AlertEvent } from "./lifecycle-types.ts";
import * as answers from "./moves-answers.ts";
import * as drafting from "./moves-drafting.ts";
import * as out from "./moves-sending.ts";
import * as timers from "./moves-timers.ts";
import { type Cause, ignore, type Moment, type StateName, type StepOutcome } from "./outcome.ts";
import type { AlertPolicy } from "./policy.ts";

/** What every cause does in every state; what is not here means nothing there. */
type Table = {
  readonly [S in StateName]: { readonly [C in Cause]?: (moment: Moment<S, C>) => StepOutcome };
};

const answer = {
  "auto-replied": answers.autoReplied,
  acknowledged: answers.acknowledged,
  "claimed-fixed": answers.claimedFixed,
  disputed: answers.disputed,
};
const end = { closed: timers.closed, "timer:stop": timers.stop };
const verdict = { verified: answers.verified };
const hold = { held: drafting.held };
const lost = { bounced: out.undelivered, refused: out.undelivered };
const underWay = {
  "timer:digest": out.comeAgain,
  "timer:reminder": out.comeAgain,
  "timer:next-rung": out.comeAgain,
  "findings-added": answers.findingsAdded,
};

const TABLE: Table = {
  draft: {
    drafted: drafting.drafted,
    "timer:first-message": drafting.firstMessage,
    ...hold,
    ...verdict,
    ...end,
  },
  "awaiting-approval": { approved: drafting.approved, ...hold, ...verdict, ...end },
  held: {
    released: drafting.released,
    "timer:next-rung": timers.nextRung,
    ...answer,
    ...verdict,
    ...end,
  },
  queued: {
    sending: out.sending,
    bounced: out.undelivered,
    ...underWay,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  sending: {
    delivered: out.delivered,
    refused: out.undelivered,
    deferred: out.deferred,
    "outcome-unknown": out.outcomeUnknown,
    ...underWay,
    ...answer,
    verified: answers.verifiedInFlight,
    closed: timers.closed,
    "timer:stop": out.comeAgain,
  },
  unknown: {
    resolved: out.resolved,
    delivered: out.delivered,
    ...lost,
    ...underWay,
    "timer:next-rung": timers.nextRung,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  sent: {
    "findings-added": answers.findingsAdded,
    "resend-asked": out.resendAsked,
    "timer:no-bounce": timers.noBounce,
    "timer:digest": timers.digest,
    "timer:acknowledgement-due": timers.acknowledgementDue,
    "timer:reminder": timers.reminder,
    "timer:next-rung": timers.nextRung,
    ...lost,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  bounced: {
    "resend-asked": out.resendAsked,
    "timer:first-message": drafting.firstMessage,
    "timer:next-rung": timers.nextRung,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  acknowledged: {
    "findings-added": answers.findingsAdded,
    "resend-asked": out.resendAsked,
    "timer:no-bounce": timers.noBounce,
    "timer:digest": timers.digest,
    "timer:next-rung": timers.nextRung,
    ...lost,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  "claims-fixed": {
    "findings-added": answers.findingsAdded,
    "timer:no-bounce": timers.noBounce,
    "timer:digest": timers.digest,
    ...lost,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  disputed: {
    released: answers.settled,
    "timer:no-bounce": timers.noBounce,
    ...hold,
    ...answer,
    ...verdict,
    ...end,
  },
  closed: {
    delivered: out.deliveredLate,
    acknowledged: answers.answerAfterClosing,
    "claimed-fixed": answers.answerAfterClosing,
    disputed: answers.answerAfterClosing,
  },
};

/**
 * The life of an alert, one event at a time. Pure and total: the same arguments give the same outcome, and an event that makes no sense
 * where the alert is changes nothing and says so. What it promises:
 *
 * 1. No delivery key comes twice, and no rung is reminded twice.
 * 2. Every state but `closed` has a way out: a person's, or the `stop` timer, which is set with the drafting.
 * 3. Time ends an alert only as `expired`; a claim ends nothing.
 * 4. While `policy.stopped`, nothing is queued; what was due comes again when it is over.
 */
export function step(
  alert: Alert,
  event: AlertEvent,
  now: Instant,
  policy: AlertPolicy,
): StepOutcome {
  const cause: Cause = event.type === "timer" ? `timer:${event.timer}` : event.type;
  const move = TABLE[alert.state.at][cause] as ((moment: Moment) => StepOutcome) | undefined;
  const moment = { alert, event, now, policy } as Moment;
  return move === undefined
    ? ignore(moment, `"${cause}" means nothing while the alert is ${alert.state.at}`)
    : move(moment);
}
