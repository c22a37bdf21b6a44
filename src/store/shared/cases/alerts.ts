import type { Selectable } from "kysely";
import type { AlertFilter, CaseSession } from "../../../app/case-ports.ts";
import type { Alert } from "../../../core/alert/index.ts";
import { standsAfter } from "./listing.ts";
import { Prepared } from "./prepared.ts";
import type { Cases, CaseTables } from "./tables.ts";
import { asInserted } from "./upsert.ts";

/** Alerts as they are; what happened to them is in `events.ts`, what falls due in `timers.ts`. */
export function alertsIn(cases: Cases) {
  return {
    alert: async (id) => {
      const row = await alertOf.first(cases, { id });
      return row && readAlert(row);
    },
    alertByTicket: async (ticket) => {
      const row = await ticketed.first(cases, { ticket });
      return row && readAlert(row);
    },
    alerts: async (filter) => (await listed(cases, filter).execute()).map(readAlert),
    putAlert: async (alert) => {
      await put.run(cases, rowOf(alert));
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

const alertOf = new Prepared((cases, { id }: { readonly id: string }) =>
  cases.selectFrom("alerts").selectAll().where("id", "=", id),
);

const ticketed = new Prepared((cases, { ticket }: { readonly ticket: string }) =>
  cases.selectFrom("alerts").selectAll().where("ticket", "=", ticket),
);

const put = new Prepared((cases, { id, ...rest }: AlertRow) =>
  cases
    .insertInto("alerts")
    .values({ id, ...rest })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(asInserted(rest))),
);

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
