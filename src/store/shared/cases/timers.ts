import type { CaseSession } from "../../../app/case-ports.ts";
import type { Cases } from "./tables.ts";

/** What falls due. */
export function timersIn(cases: Cases) {
  return {
    setTimer: async ({ alert, timer, dueAt }) => {
      await cases
        .insertInto("timers")
        .values({ alert, timer, due_at: dueAt })
        .onConflict((conflict) =>
          conflict.columns(["alert", "timer"]).doUpdateSet({ due_at: dueAt }),
        )
        .execute();
    },
    clearTimer: async (alert, timer) => {
      await cases
        .deleteFrom("timers")
        .where("alert", "=", alert)
        .where("timer", "=", timer)
        .execute();
    },
    dueTimers: async (now, limit) => {
      const rows = await cases
        .selectFrom("timers")
        .selectAll()
        .where("due_at", "<=", now)
        .orderBy("due_at")
        .orderBy("alert")
        .orderBy("timer")
        .limit(limit)
        .execute();
      return rows.map(({ due_at, ...row }) => ({ ...row, dueAt: due_at }));
    },
    nextTimer: async () => {
      const row = cases.selectFrom("timers").select("due_at").orderBy("due_at").limit(1);
      return (await row.executeTakeFirst())?.due_at;
    },
  } satisfies Partial<CaseSession>;
}
