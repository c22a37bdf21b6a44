import type { Insertable } from "kysely";
import type { CaseSession } from "../../../app/case-ports.ts";
import type { AlertEvent } from "../../../core/alert/index.ts";
import { Prepared } from "./prepared.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** What happened to alerts. */
export function eventsIn(cases: Cases) {
  return {
    events: async (alert) => {
      const { rows } = await eventsOf.run(cases, { alert });
      return rows.map(({ at, event }) => ({ at, event: JSON.parse(event) as AlertEvent }));
    },
    addEvent: async (alert, at, event) => {
      await add.run(cases, { alert, at, event: JSON.stringify(event) });
    },
  } satisfies Partial<CaseSession>;
}

const eventsOf = new Prepared((cases, { alert }: { readonly alert: string }) =>
  cases
    .selectFrom("events")
    .select(["at", "event"])
    .where("alert", "=", alert)
    .orderBy("at")
    .orderBy("number"),
);

const add = new Prepared((cases, row: Insertable<CaseTables["events"]>) =>
  cases.insertInto("events").values(row),
);
