import type { Selectable } from "kysely";
import type { CaseSession, Task } from "../../../app/case-ports.ts";
import { refuse } from "./refuse.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** What only a person can do. */
export function tasksIn(cases: Cases) {
  const rows = cases.selectFrom("tasks").selectAll();
  return {
    openTask: async (task) => {
      const { id, kind, subject, why, openedAt, dueAt } = task;
      const done = { done_at: null, done_by: null, note: null };
      await cases
        .insertInto("tasks")
        .values({ id, kind, subject, why, opened_at: openedAt, due_at: dueAt, ...done })
        .onConflict((conflict) =>
          conflict.columns(["subject", "kind"]).where("done_at", "is", null).doNothing(),
        )
        .execute();
      const open = rows
        .where("subject", "=", subject)
        .where("kind", "=", kind)
        .where("done_at", "is", null);
      return readTask(await open.executeTakeFirstOrThrow());
    },
    tasks: async ({ id, open, kind, subject, limit }) => {
      const listed = rows
        .$if(id !== undefined, (of) => of.where("id", "=", id!))
        .$if(open !== undefined, (of) => of.where("done_at", open ? "is" : "is not", null))
        .$if(kind !== undefined, (of) => of.where("kind", "=", kind!))
        .$if(subject !== undefined, (of) => of.where("subject", "=", subject!))
        .orderBy("opened_at")
        .orderBy("id")
        .limit(limit);
      return (await listed.execute()).map(readTask);
    },
    finishTask: async (id, by, at, note) => {
      const finished = await cases
        .updateTable("tasks")
        .set({ done_at: at, done_by: by, note })
        .where("id", "=", id)
        .where("done_at", "is", null)
        .executeTakeFirstOrThrow();
      if (finished.numUpdatedRows === 0n) refuse(`there is no open task ${id}`);
    },
  } satisfies Partial<CaseSession>;
}

function readTask(row: Selectable<CaseTables["tasks"]>): Task {
  const { id, kind, subject, why, opened_at, due_at, done_at, done_by, note } = row;
  const done = done_at === null ? null : { on: done_at, by: done_by ?? "", note: note ?? "" };
  return { id, kind, subject, why, openedAt: opened_at, dueAt: due_at, done };
}
