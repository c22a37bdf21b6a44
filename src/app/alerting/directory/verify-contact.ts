import { Fault } from "../../../core/fault.ts";
import type { Contact } from "../../../core/institution/index.ts";
import type { CaseSession, CaseStore } from "../../case-ports.ts";
import { changeDirectory, type Doing } from "./change-directory.ts";

/** Tasks that are done when somebody has made sure of a contact. */
const DONE_BY_IT = ["verify-contact", "reverify-contact"] as const;

/**
 * Records that a named person made sure that a contact's address belongs to whom it should: from then on it is
 * `usable` for 180 days. `how` are that person's words, such as `signed reply`. Open tasks that asked for it are
 * finished. Throws Fault `contact-unknown`, `usage` for a contact that nobody is to write to any more.
 */
export async function verifyContact(
  cases: CaseStore,
  contact: string,
  { by, how }: { readonly by: string; readonly how: string },
  doing: Doing,
): Promise<Contact> {
  if (by.trim() === "" || how.trim() === "")
    throw new Fault("usage", "a verification needs who did it, and how");
  return cases.write(async (session) => {
    const before = await requireContact(session, contact);
    if (before.status === "superseded")
      throw new Fault("usage", `${before.id} is superseded: nobody is to write to it any more`);
    if (before.expires !== null && before.expires <= doing.at)
      throw new Fault("usage", `${before.id} ended at ${before.expires}`);
    const verified = { at: doing.at, by: by.trim(), how: how.trim() };
    const after: Contact = { ...before, status: "official", verified };
    await changeDirectory(session, [{ of: "contact", before, after }], doing);
    await finishTasks(session, before.id, `${by}: ${how}`, doing);
    return after;
  });
}

/** The contact of an id, or the only one that has this address. Throws Fault `contact-unknown`. */
export async function requireContact(session: CaseSession, text: string): Promise<Contact> {
  const byId = await session.contact(text);
  if (byId !== undefined) return byId;
  const { contacts } = await session.directory();
  const found = contacts.filter(({ address }) => address.toLowerCase() === text.toLowerCase());
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  const many = found.map(({ id }) => id).join(", ");
  throw new Fault(
    "contact-unknown",
    many === "" ? `there is no contact ${text}` : `${text} is a contact of several: ${many}`,
  );
}

async function finishTasks(
  session: CaseSession,
  contact: string,
  note: string,
  { actor, at }: Doing,
): Promise<void> {
  for (const kind of DONE_BY_IT) {
    const open = await session.tasks({
      open: true,
      kind,
      subject: `contact:${contact}`,
      limit: 10,
    });
    for (const { id } of open) {
      await session.finishTask(id, actor, at, note);
      await session.audit({
        at,
        actor,
        action: "task.finished",
        subject: `task:${id}`,
        after: { note },
      });
    }
  }
}
