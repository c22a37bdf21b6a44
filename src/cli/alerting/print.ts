import type { Task } from "../../app/case-ports.ts";
import type { Alert } from "../../core/alert/index.ts";
import type { Session } from "../session.ts";
import { minute } from "./views.ts";

/** A table of alerts. */
export function printAlerts({ printer, words }: Session, alerts: readonly Alert[]): void {
  const { columns: c, alerts: t } = words.alerting;
  if (alerts.length === 0) return printer.line(t.none);
  printer.table(
    [
      { title: c.id },
      { title: c.ticket },
      { title: c.priority },
      { title: c.institution },
      { title: c.contact },
      { title: c.rung, right: true },
      { title: c.state },
      { title: c.why },
      { title: c.opened },
    ],
    alerts.map((it) => [
      it.id,
      it.ticket,
      it.priority,
      it.institution,
      it.contact === "" ? t.nobody : it.contact,
      String(it.rung),
      it.state.at,
      "reason" in it.state ? it.state.reason : "",
      minute(it.openedAt),
    ]),
  );
}

/** A table of tasks, with what to do about each. */
export function printTasks({ printer, words }: Session, tasks: readonly Task[]): void {
  const { columns: c, tasks: t } = words.alerting;
  if (tasks.length === 0) return printer.line(t.none);
  printer.table(
    [
      { title: c.id },
      { title: c.kind },
      { title: c.subject },
      { title: c.why },
      { title: c.since },
      { title: c.next },
    ],
    tasks.map((it) => [
      it.id,
      it.kind,
      it.subject,
      it.why,
      minute(it.openedAt),
      it.done === null ? t.next[it.kind] : it.done.note,
    ]),
  );
}
