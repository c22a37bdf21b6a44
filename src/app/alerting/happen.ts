import {
  type Alert,
  type AlertCommand,
  type AlertEvent,
  type AlertPolicy,
  step,
  type StepOutcome,
} from "../../core/alert/index.ts";
import type { Instant } from "../../core/time/index.ts";
import { Fault } from "../../core/fault.ts";
import type { CaseSession } from "../case-ports.ts";
import type { ApplyEvent } from "./apply-event.ts";
import type { Happening } from "./happening.ts";
import { openTask } from "./open-task.ts";
import { policyFor } from "./policy-for.ts";

/** Who does what no person does. */
const DAEMON = "daemon";

/** Lets an event happen to an alert that is stored, and tells what came of it. Throws Fault `alert-unknown`. */
export async function happen(
  by: Happening,
  session: CaseSession,
  id: string,
  event: AlertEvent,
  now: Instant,
  evidence = "",
): Promise<StepOutcome> {
  const alert = await session.alert(id);
  if (alert === undefined) throw new Fault("alert-unknown", `there is no alert ${id}`);
  const policy = await policyFor(by, session, alert, now);
  return happenTo(by, session, alert, event, policy, now, evidence);
}

/** The same of an alert and a policy that the caller has read in this transaction. */
export async function happenTo(
  by: Happening,
  session: CaseSession,
  alert: Alert,
  event: AlertEvent,
  policy: AlertPolicy,
  now: Instant,
  evidence = "",
): Promise<StepOutcome> {
  const outcome = step(alert, event, now, policy);
  if (outcome.ignored !== null) return outcome;
  await session.putAlert(outcome.alert);
  await session.addEvent(alert.id, now, event);
  await session.audit({
    at: now,
    actor: "by" in event && event.by !== undefined ? event.by : DAEMON,
    action: `alert.${event.type === "timer" ? event.timer : event.type}`,
    subject: `alert:${alert.id}`,
    before: alert.state,
    after: outcome.alert.state,
  });
  for (const command of outcome.commands)
    await carryOut(by, session, outcome.alert, command, now, evidence);
  return outcome;
}

/** {@link happen}, for whoever does not ask what came of it. */
export function makeApplyEvent(by: Happening): ApplyEvent {
  return async (session, alert, event, now, evidence) => {
    await happen(by, session, alert, event, now, evidence);
  };
}

async function carryOut(
  by: Happening,
  session: CaseSession,
  alert: Alert,
  command: AlertCommand,
  now: Instant,
  evidence: string,
): Promise<void> {
  switch (command.do) {
    case "queue":
      // The bytes are made outside of the transaction, and when they may leave: until then the thread can say more.
      return session.setTimer({
        alert: alert.id,
        timer: "compose",
        dueAt: command.notBefore ?? now,
      });
    case "withdraw":
      return withdraw(session, alert, command.reason, now);
    case "set-timer":
      return session.setTimer({ alert: alert.id, timer: command.timer, dueAt: command.dueAt });
    case "clear-timer":
      return session.clearTimer(alert.id, command.timer);
    case "ask":
      return openTask(session, command.task, subjectOf(alert, command.task), command.why, now);
    case "open-rung":
      return by.openRung(session, alert, command.rung, now);
    case "start-verification":
      return openTask(
        session,
        "look-again",
        `alert:${alert.id}`,
        `${alert.ticket}: it is said to be over`,
        now,
      );
    case "note-receipt":
      return session.addReceipt({ alert: alert.id, level: command.level, at: now, evidence });
  }
}

/** What many alerts ask of one contact or institution is one task. */
function subjectOf(alert: Alert, task: string): string {
  if (task === "verify-contact" && alert.contact !== "") return `contact:${alert.contact}`;
  return task === "find-contact" ? `institution:${alert.institution}` : `alert:${alert.id}`;
}

async function withdraw(
  session: CaseSession,
  alert: Alert,
  reason: string,
  now: Instant,
): Promise<void> {
  await session.clearTimer(alert.id, "compose");
  for (const message of await session.messages({ alert: alert.id, state: "queued", limit: 100 }))
    await session.setMessageState(
      message.deliveryKey,
      { at: "withdrawn", on: now, reason },
      message.attempts,
    );
}
