// Lets events happen to alerts as the daemon does, with the policy of a recipient of whom nothing is known. It composes nothing.
import type { ApplyEvent } from "../../src/app/alerting/apply-event.ts";
import { openTask } from "../../src/app/alerting/open-task.ts";
import type { CaseSession } from "../../src/app/case-ports.ts";
import { type AlertCommand, defaultPolicy, step } from "../../src/core/alert/index.ts";
import type { Instant } from "../../src/core/time/index.ts";

export const applyEvent: ApplyEvent = async (session, id, event, now, evidence = "") => {
  const alert = await session.alert(id);
  if (alert === undefined) return;
  const outcome = step(alert, event, now, defaultPolicy);
  await session.putAlert(outcome.alert);
  await session.addEvent(id, now, event);
  for (const command of outcome.commands) await obey(session, id, command, now, evidence);
};

async function obey(
  session: CaseSession,
  alert: string,
  command: AlertCommand,
  at: Instant,
  evidence: string,
): Promise<void> {
  if (command.do === "note-receipt")
    await session.addReceipt({ alert, level: command.level, at, evidence });
  if (command.do === "ask")
    await openTask(session, command.task, `alert:${alert}`, command.why, at);
  if (command.do === "set-timer")
    await session.setTimer({ alert, timer: command.timer, dueAt: command.dueAt });
  if (command.do === "clear-timer") await session.clearTimer(alert, command.timer);
}
