import { needsEncryption } from "../alert/index.ts";
import {
  type Channel,
  type Contact,
  type ContactRole,
  placeholderReason,
  standingOf,
} from "../institution/index.ts";
import type { Tlp } from "../marking/index.ts";
import type { Instant } from "../time/index.ts";
import type { Hold, LossReason, RouteRecipient } from "./route-types.ts";

/** Whom of an institution to write to, or why nobody. */
export type ContactChoice =
  | {
      readonly contact: string;
      readonly channel: Channel;
      readonly alternates: RouteRecipient["alternates"];
      readonly encrypted: boolean;
      readonly hold: Hold | null;
      readonly phone: boolean;
    }
  | { readonly lost: LossReason; readonly detail: string };

/** Which role is the best for whom, best first. */
const ROLES: Readonly<Record<"team" | "operator", readonly ContactRole[]>> = {
  team: ["csirt", "security", "abuse", "technical", "noc", "management"],
  operator: ["abuse", "security", "csirt", "noc", "technical", "management"],
};

/**
 * Chooses among the contacts of an institution: in the order that the directory says, and where it says none by role. Only what is
 * verified is written to; what is not becomes a task for a person. Placeholder mailboxes are never chosen.
 */
export function chooseContact(
  contacts: readonly Contact[],
  who: "team" | "operator",
  tlp: Tlp,
  now: Instant,
): ContactChoice {
  const real = contacts.filter((contact) => !isPlaceholder(contact)).toSorted(byRank(ROLES[who]));
  const usable = real.filter((contact) => standingOf(contact, now) === "usable");
  const phone = usable.some(({ channel }) => channel === "phone");
  const written = usable.filter(({ channel }) => channel !== "phone");
  const fit = needsEncryption(tlp) ? written.filter((it) => isEncrypted(it, now)) : written;
  const [first, ...others] = fit;
  if (first !== undefined)
    return {
      ...idOf(first),
      alternates: others.map(idOf),
      encrypted: isEncrypted(first, now),
      hold: null,
      phone,
    };
  if (written.length > 0)
    return { lost: "not-encrypted", detail: `${written[0]!.id} has no key that is valid` };
  return chooseForPerson(real, now) ?? whyNobody(contacts);
}

/** Whether what goes to a contact cannot be read on the way. A folder is in the house; a webhook is reached by TLS. */
export function isEncrypted({ channel, key, address }: Contact, now: Instant): boolean {
  switch (channel) {
    case "mail":
      return key !== null && key.text !== "" && (key.expires === null || key.expires > now);
    case "webhook":
      return address.startsWith("https://");
    case "file":
      return true;
    case "phone":
      return false;
  }
}

/** A contact that a person must do something with first. */
function chooseForPerson(contacts: readonly Contact[], now: Instant): ContactChoice | undefined {
  const by = (test: (contact: Contact) => boolean) => contacts.find(test);
  const phone = by((it) => it.channel === "phone" && standingOf(it, now) === "usable");
  const lapsed = by((it) => standingOf(it, now) === "verification-lapsed");
  const unverified = by((it) => standingOf(it, now) === "unverified");
  const held = (contact: Contact, task: Hold["task"], reason: string): ContactChoice => ({
    ...idOf(contact),
    alternates: [],
    encrypted: isEncrypted(contact, now),
    hold: { task, reason: `${contact.id} ${reason}` },
    phone: contact.channel === "phone",
  });
  if (phone) return held(phone, "telephone", "is reached by telephone only");
  if (lapsed) return held(lapsed, "reverify-contact", "was verified too long ago");
  return unverified && held(unverified, "verify-contact", "was never verified");
}

function whyNobody(contacts: readonly Contact[]): ContactChoice {
  const placeholder = contacts.find(isPlaceholder);
  return placeholder === undefined
    ? { lost: "no-contact", detail: contacts.length > 0 ? "all are superseded or expired" : "" }
    : {
        lost: "placeholder",
        detail: `${placeholder.address}: ${placeholderReason(placeholder.address)}`,
      };
}

const placeholders = new WeakMap<Contact, boolean>();

/** Asked of every contact of every candidate: so it is remembered. */
function isPlaceholder(contact: Contact): boolean {
  const known = placeholders.get(contact);
  if (known !== undefined) return known;
  const found = contact.channel === "mail" && placeholderReason(contact.address) !== undefined;
  placeholders.set(contact, found);
  return found;
}

function byRank(roles: readonly ContactRole[]): (one: Contact, other: Contact) => number {
  return (one, other) =>
    one.order - other.order || roles.indexOf(one.role) - roles.indexOf(other.role);
}

const idOf = ({ id, channel }: Contact): { contact: string; channel: Channel } => ({
  contact: id,
  channel,
});
