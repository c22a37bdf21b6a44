import type { CaseSession } from "../../app/case-ports.ts";
import { refuse } from "../shared/cases/refuse.ts";
import { sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

export function tasksIn({ tasks }: Drafts) {
  return {
    openTask: async (task) => {
      const [open] = tasks.filter(
        ({ kind, subject, done }) =>
          done === null && kind === task.kind && subject === task.subject,
      );
      if (open) return open;
      if (tasks.has(task.id)) refuse(`there is a task ${task.id}`);
      const opened = { ...task, done: null };
      tasks.put(task.id, opened);
      return opened;
    },
    tasks: async ({ id: wanted, open, kind, subject, limit }) =>
      sortedBy(
        tasks.filter(
          (row) =>
            (wanted === undefined || row.id === wanted) &&
            (open === undefined || open === (row.done === null)) &&
            (kind === undefined || row.kind === kind) &&
            (subject === undefined || row.subject === subject),
        ),
        ({ openedAt, id }) => [openedAt, id],
      ).slice(0, limit),
    finishTask: async (id, by, at, note) => {
      const task = tasks.must(id, "task");
      if (task.done !== null) refuse(`task ${id} was finished by ${task.done.by}`);
      tasks.put(id, { ...task, done: { on: at, by, note } });
    },
  } satisfies Partial<CaseSession>;
}
