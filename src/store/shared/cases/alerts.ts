import type { Selectable } from "kysely";
import type { AlertFilter, CaseSession } from "../../../app/case-ports.ts";
import type { Alert } from "../../../core/alert/index.ts";
import { standsAfter } from "./listing.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** Alerts as they are; what happened to them is in `events.ts`, what falls due in `timers.ts`. */
export function alertsIn(cases: Cases) {
  const rows = cases.selectFrom("alerts").selectAll();
  return {
    alert: async (id) => {
      const row = await rows.where("id", "=", id).executeTakeFirst();
      return row && readAlert(row);
    },
    alertByTicket: async (ticket) => {
      const row = await rows.where("ticket", "=", ticket).executeTakeFirst();
      return row && readAlert(row);
    },
    alerts: async (filter) => (await listed(cases, filter).execute()).map(readAlert),
    putAlert: async (alert) => {
      const { id, ...changed } = rowOf(alert);
      await cases
        .insertInto("alerts")
        .values({ id, ...changed })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(changed))
        .execute();
    },
  } satisfies Partial<CaseSession>;
}

function listed(
  cases: Cases,
  { incident, institution, state, priority, before, limit }: AlertFilter,
) {
  return cases
    .selectFrom("alerts")
    .selectAll()
    .$if(incident !== undefined, (rows) => rows.where("incident", "=", incident!))
    .$if(institution !== undefined, (rows) => rows.where("institution", "=", institution!))
    .$if(state !== undefined, (rows) => rows.where("state", "=", state!))
    .$if(priority !== undefined, (rows) => rows.where("priority", "=", priority!))
    .$if(before !== undefined, (rows) => rows.where(standsAfter("alerts", before!)))
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(limit);
}

type AlertRow = Selectable<CaseTables["alerts"]>;

function rowOf({ openedAt, state, terms, life, ...same }: Alert): AlertRow {
  return {
    ...same,
    opened_at: openedAt,
    terms: JSON.stringify(terms),
    state: state.at,
    state_facts: JSON.stringify(state),
    life: JSON.stringify(life),
  };
}

function readAlert({ opened_at, terms, state_facts, life, ...same }: AlertRow): Alert {
  return {
    ...same,
    openedAt: opened_at,
    terms: JSON.parse(terms) as Alert["terms"],
    state: JSON.parse(state_facts) as Alert["state"],
    life: JSON.parse(life) as Alert["life"],
  };
}
