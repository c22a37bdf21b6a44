import { type Selectable, sql } from "kysely";
import type { CaseSession, IncidentFilter } from "../../../app/case-ports.ts";
import type { Incident } from "../../../core/incident/index.ts";
import { standsAfter } from "./listing.ts";
import { Prepared } from "./prepared.ts";
import type { Cases, CaseTables } from "./tables.ts";
import { asInserted } from "./upsert.ts";
import { tally } from "./tally.ts";

/** Incidents; what is in them is in `joined.ts`. */
export function incidentsIn(cases: Cases) {
  return {
    incident: async (id) => {
      const row = await incidentOf.first(cases, { id });
      return row && readIncident(row);
    },
    openIncident: async (key) => {
      const row = await openOf.first(cases, { key });
      return row && readIncident(row);
    },
    incidents: async (filter) => (await listed(cases, filter).execute()).map(readIncident),
    putIncident: async (incident) => {
      await put.run(cases, rowOf(incident));
    },
    tally: async (side) => tally(cases, side),
  } satisfies Partial<CaseSession>;
}

function listed(cases: Cases, filter: IncidentFilter) {
  const { state, institution, priority, assignee, threat, before, limit } = filter;
  return cases
    .selectFrom("incidents")
    .selectAll()
    .$if(state !== undefined, (rows) => rows.where("state", "=", state!))
    .$if(institution !== undefined, (rows) => rows.where("institution", "=", institution!))
    .$if(priority !== undefined, (rows) => rows.where("priority", "=", priority!))
    .$if(assignee !== undefined, (rows) => rows.where("assignee", "=", assignee!))
    .$if(threat !== undefined, (rows) => rows.where("threat", "=", threat!))
    .$if(before !== undefined, (rows) => rows.where(standsAfter("incidents", before!)))
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(limit);
}

type IncidentRow = Selectable<CaseTables["incidents"]>;

const incidentOf = new Prepared((cases, { id }: { readonly id: string }) =>
  cases.selectFrom("incidents").selectAll().where("id", "=", id),
);

const openOf = new Prepared((cases, { key }: { readonly key: string }) =>
  cases
    .selectFrom("incidents")
    .selectAll()
    .where("key", "=", key)
    // As a literal, or the engine would not see that it may use the index of what is open.
    .where("state", "=", sql.lit("open")),
);

const put = new Prepared((cases, { id, ...rest }: IncidentRow) =>
  cases
    .insertInto("incidents")
    .values({ id, ...rest })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(asInserted(rest))),
);

function rowOf(incident: Incident): IncidentRow {
  const { openedAt, windowUntil, updatedAt, state, ...same } = incident;
  return {
    ...same,
    opened_at: openedAt,
    window_until: windowUntil,
    updated_at: updatedAt,
    state: state.at,
    state_facts: JSON.stringify(state),
  };
}

/** An incident of its row. */
export function readIncident(row: IncidentRow): Incident {
  const { opened_at, window_until, updated_at, state_facts, ...same } = row;
  return {
    ...same,
    openedAt: opened_at,
    windowUntil: window_until,
    updatedAt: updated_at,
    state: JSON.parse(state_facts) as Incident["state"],
  };
}
