import type { CaseSession } from "../../app/case-ports.ts";
import type { Alert } from "../../core/alert/index.ts";
import { append } from "./draft.ts";
import { refuse } from "../shared/cases/refuse.ts";
import { pageOf, sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

export function alertsIn(tables: Drafts) {
  const { alerts, alertsOf, tickets, events, timers } = tables;
  return {
    alert: async (id) => alerts.at(id),
    alertByTicket: async (ticket) => {
      const id = tickets.at(ticket);
      return id === undefined ? undefined : alerts.at(id);
    },
    alerts: async (filter) => {
      const of =
        filter.incident === undefined ? undefined : new Set(alertsOf.at(filter.incident) ?? []);
      return pageOf(
        alerts,
        (row) =>
          (of === undefined || of.has(row.id)) &&
          (filter.institution === undefined || row.institution === filter.institution) &&
          (filter.state === undefined || row.state.at === filter.state) &&
          (filter.priority === undefined || row.priority === filter.priority),
        filter,
      );
    },
    putAlert: async (alert) => put(tables, alert),
    events: async (alert) => sortedBy(events.at(alert) ?? [], ({ at }) => [at]),
    addEvent: async (alert, at, event) => {
      alerts.must(alert, "alert");
      append(events, alert, { at, event });
    },
    setTimer: async (timer) => {
      alerts.must(timer.alert, "alert");
      timers.put(`${timer.alert} ${timer.timer}`, timer);
    },
    clearTimer: async (alert, timer) => timers.remove(`${alert} ${timer}`),
    dueTimers: async (now, limit) =>
      sortedBy(
        timers.filter(({ dueAt }) => dueAt <= now),
        ({ dueAt, alert, timer }) => [dueAt, alert, timer],
      ).slice(0, limit),
    nextTimer: async () => sortedBy([...timers.rows()], ({ dueAt }) => [dueAt])[0]?.dueAt,
  } satisfies Partial<CaseSession>;
}

function put({ alerts, alertsOf, tickets, incidents }: Drafts, alert: Alert): void {
  incidents.must(alert.incident, "incident");
  const before = alerts.at(alert.id);
  const holder = tickets.at(alert.ticket);
  if (holder !== undefined && holder !== alert.id)
    refuse(`alert ${holder} has the ticket ${alert.ticket}`);
  if (before) {
    tickets.remove(before.ticket);
    const others = (alertsOf.at(before.incident) ?? []).filter((id) => id !== alert.id);
    alertsOf.put(before.incident, others);
  }
  append(alertsOf, alert.incident, alert.id);
  tickets.put(alert.ticket, alert.id);
  alerts.put(alert.id, alert);
}
