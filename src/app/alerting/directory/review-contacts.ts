import { dueReviews, type Ending, type Review } from "../../../core/institution/index.ts";
import type { CaseSession, CaseStore, Task } from "../../case-ports.ts";
import type { Doing } from "./change-directory.ts";

const WORDS: Readonly<Record<Ending, string>> = {
  verification: "its verification ends",
  contact: "the contact ends",
  key: "its key ends",
};

/**
 * Opens a task `reverify-contact` for every contact of which something ends soon, or has ended: one open task a
 * contact, and none again for what a person has already dealt with. Gives the tasks that are new; run it daily.
 */
export async function reviewContacts(cases: CaseStore, doing: Doing): Promise<Task[]> {
  return cases.write(async (session) => {
    const { contacts } = await session.directory();
    const opened: Task[] = [];
    for (const review of dueReviews(contacts, doing.at)) {
      const task = await openReview(session, review, doing);
      if (task !== undefined) opened.push(task);
    }
    return opened;
  });
}

async function openReview(
  session: CaseSession,
  { contact, endings, dueAt }: Review,
  { actor, at }: Doing,
): Promise<Task | undefined> {
  const kind = "reverify-contact";
  const subject = `contact:${contact}`;
  const before = await session.tasks({ kind, subject, limit: 1_000 });
  const known = before.some(({ done, dueAt: due }) => done === null || due === dueAt);
  if (known) return undefined;
  const why = endings.map(({ what, on }) => `${WORDS[what]} ${on.slice(0, 10)}`).join(", ");
  const task = {
    id: `${kind}:${contact}:${dueAt}`,
    kind,
    subject,
    why,
    openedAt: at,
    dueAt,
  } as const;
  const opened = await session.openTask(task);
  await session.audit({
    at,
    actor,
    action: "task.opened",
    subject,
    after: { id: task.id, why, dueAt },
  });
  return opened;
}
