import type { CaseSession, TimerRow } from "../../../app/case-ports.ts";
import { Prepared } from "./prepared.ts";
import type { Cases } from "./tables.ts";
import { asInserted } from "./upsert.ts";

/** What falls due. */
export function timersIn(cases: Cases) {
  return {
    setTimer: async ({ alert, timer, dueAt }) => {
      await set.run(cases, { alert, timer, dueAt });
    },
    clearTimer: async (alert, timer) => {
      await clear.run(cases, { alert, timer });
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

const set = new Prepared((cases, { alert, timer, dueAt }: TimerRow) =>
  cases
    .insertInto("timers")
    .values({ alert, timer, due_at: dueAt })
    .onConflict((conflict) =>
      conflict.columns(["alert", "timer"]).doUpdateSet(asInserted({ due_at: dueAt })),
    ),
);

const clear = new Prepared((cases, { alert, timer }: Pick<TimerRow, "alert" | "timer">) =>
  cases.deleteFrom("timers").where("alert", "=", alert).where("timer", "=", timer),
);
