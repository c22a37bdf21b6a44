import type { CaseSession } from "../../../app/case-ports.ts";
import type { AlertEvent } from "../../../core/alert/index.ts";
import type { Cases } from "./tables.ts";

/** What happened to alerts. */
export function eventsIn(cases: Cases) {
  return {
    events: async (alert) => {
      const rows = await cases
        .selectFrom("events")
        .select(["at", "event"])
        .where("alert", "=", alert)
        .orderBy("at")
        .orderBy("number")
        .execute();
      return rows.map(({ at, event }) => ({ at, event: JSON.parse(event) as AlertEvent }));
    },
    addEvent: async (alert, at, event) => {
      await cases
        .insertInto("events")
        .values({ alert, at, event: JSON.stringify(event) })
        .execute();
    },
  } satisfies Partial<CaseSession>;
}
