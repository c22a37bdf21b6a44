import type { DirectoryChange } from "../../../core/institution/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { Actor, CaseSession } from "../../case-ports.ts";

/** Who changes the directory, and when. */
export interface Doing {
  readonly actor: Actor;
  readonly at: Instant;
}

/** Applies changes, and writes a line of the audit log for each. */
export async function changeDirectory(
  session: CaseSession,
  changes: readonly DirectoryChange[],
  { actor, at }: Doing,
): Promise<void> {
  if (changes.length === 0) return;
  await session.changeDirectory(changes);
  for (const change of changes) {
    const { before, after } = change;
    const action = `${change.of}.${after === null ? "removed" : "saved"}`;
    await session.audit({ at, actor, action, subject: subjectOf(change), before, after });
  }
}

/** What a change was done to, as the audit log and the tasks name it. */
function subjectOf(change: DirectoryChange): string {
  const fact = change.after ?? change.before;
  if (fact === null) return change.of;
  return "id" in fact ? `${change.of}:${fact.id}` : `institution:${fact.institution}`;
}
