import type { Alert } from "../../core/alert/index.ts";
import { type RouteRecipient, writableContacts } from "../../core/routing/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";

/** Who may be written to about an alert, best first, by the directory of today; nobody if its institution is gone. */
export async function writableFor(
  session: CaseSession,
  { institution: id, tlp }: Alert,
  now: Instant,
): Promise<RouteRecipient["alternates"]> {
  const institution = await session.institution(id);
  if (institution === undefined) return [];
  return writableContacts(institution, await session.contactsOf(id), tlp, now);
}
