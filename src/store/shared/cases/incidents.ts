import type { Selectable } from "kysely";
import type { CaseSession, IncidentFilter } from "../../../app/case-ports.ts";
import type { Incident } from "../../../core/incident/index.ts";
import { standsAfter } from "./listing.ts";
import type { Cases, CaseTables } from "./tables.ts";
import { tally } from "./tally.ts";

/** Incidents; what is in them is in `joined.ts`. */
export function incidentsIn(cases: Cases) {
  const rows = cases.selectFrom("incidents").selectAll();
  return {
    incident: async (id) => {
      const row = await rows.where("id", "=", id).executeTakeFirst();
      return row && readIncident(row);
    },
    openIncident: async (key) => {
      const open = rows.where("key", "=", key).where("state", "=", "open");
      const row = await open.executeTakeFirst();
      return row && readIncident(row);
    },
    incidents: async (filter) => (await listed(cases, filter).execute()).map(readIncident),
    putIncident: async (incident) => {
      const { id, ...changed } = rowOf(incident);
      await cases
        .insertInto("incidents")
        .values({ id, ...changed })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(changed))
        .execute();
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
