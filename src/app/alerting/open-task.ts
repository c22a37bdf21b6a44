import type { TaskKind } from "../../core/alert/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";

/** Asks a person for something that is to be done at once, unless the same is asked already. */
export async function openTask(
  session: CaseSession,
  kind: TaskKind,
  subject: string,
  why: string,
  now: Instant,
): Promise<void> {
  const open = await session.tasks({ open: true, kind, subject, limit: 1 });
  if (open.length > 0) return;
  const number = await session.nextNumber("tasks");
  const id = `T-${String(number).padStart(6, "0")}`;
  await session.openTask({ id, kind, subject, why, openedAt: now, dueAt: null });
}
