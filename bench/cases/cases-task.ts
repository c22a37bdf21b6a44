/** Task: writes cases as a busy day does, and reads them again. */
import { join } from "node:path";
import type { CaseStore } from "#tocsin/app/case-ports.js";
import type { Alert } from "#tocsin/core/alert/index.js";
import { openLibsqlCases } from "#tocsin/store/libsql/index.js";
import { later, spans } from "#tocsin/core/time/index.js";
import { type Cost, measure } from "../shared/measure.ts";
import { random } from "../shared/random.ts";
import { makeAlert, makeFindings, makeIncident } from "./rows.ts";

/** What to write. */
export interface CasesOrder {
  readonly dir: string;
  readonly seed: string;
  readonly findings: number;
  readonly alerts: number;
}

/** What it took. */
export interface CasesOutcome {
  readonly fresh: Cost;
  readonly again: Cost;
  readonly joined: Cost;
  readonly alerts: Cost;
  /** One small transaction after the other, durable each. */
  readonly commits: Cost;
  readonly right: boolean;
}

const COMMITS = 500;

/** Writes findings twice, puts them into incidents, and opens an alert in each. */
export async function run(order: CasesOrder): Promise<CasesOutcome> {
  const store = await openLibsqlCases(join(order.dir, "cases.db"));
  const findings = makeFindings(order.findings, random(order.seed));
  const put = () => store.write((session) => session.putFindings(findings));
  const fresh = await measure(put);
  const again = await measure(put);
  const incidents = Array.from({ length: order.alerts }, (_, number) => makeIncident(number));
  const opened = incidents.map((_, number) => makeAlert(number));
  const each = Math.floor(order.findings / order.alerts);
  const joined = await measure(() =>
    store.write(async (session) => {
      let sum = 0;
      for (const [number, incident] of incidents.entries()) {
        await session.putIncident(incident);
        const keys = findings.slice(number * each, (number + 1) * each).map(({ key }) => key);
        sum += await session.joinFindings(incident.id, keys, incident.openedAt);
      }
      return sum;
    }),
  );
  const alerts = await measure(() => openAlerts(store, opened));
  const commits = await measure(async () => {
    for (let number = 0; number < COMMITS; number++)
      await store.write((session) => session.setSetting("cursor", String(number)));
  });
  const [most] = await store.read((session) => session.tally());
  const { lines, broken } = await store.verifyAudit();
  await store.close();
  return {
    fresh: fresh.cost,
    again: again.cost,
    joined: joined.cost,
    alerts: alerts.cost,
    commits: commits.cost,
    right:
      fresh.value.fresh.size === order.findings &&
      again.value.fresh.size === 0 &&
      joined.value === each * order.alerts &&
      most?.findings === each &&
      lines === order.alerts &&
      broken === null,
  };
}

/** Each alert with two timers, two events and a line of the audit log, as a step of its life writes them. */
async function openAlerts(store: CaseStore, alerts: readonly Alert[]): Promise<void> {
  await store.write(async (session) => {
    for (const alert of alerts) {
      const { id, openedAt } = alert;
      await session.putAlert(alert);
      await session.addEvent(id, openedAt, { type: "drafted", needs: 0, hold: null });
      await session.addEvent(id, openedAt, { type: "timer", timer: "first-message" });
      await session.setTimer({ alert: id, timer: "stop", dueAt: later(openedAt, 60 * spans.day) });
      await session.setTimer({ alert: id, timer: "reminder", dueAt: later(openedAt, spans.day) });
      await session.audit({
        at: openedAt,
        actor: "daemon",
        action: "alert.opened",
        subject: `alert:${id}`,
        after: { state: alert.state },
      });
    }
  });
}
