import { between, type Instant, spans } from "../time/index.ts";
import type { Provenance } from "./institution.ts";

/** What a contact is there for. */
export const contactRoles = [
  "csirt",
  "abuse",
  "security",
  "noc",
  "management",
  "technical",
] as const;

/** One of {@link contactRoles}. */
export type ContactRole = (typeof contactRoles)[number];

/** How bytes reach a contact. `phone` is a task for a person. */
export const channels = ["mail", "webhook", "file", "phone"] as const;

/** One of {@link channels}. */
export type Channel = (typeof channels)[number];

/** A public key of a contact. */
export interface ContactKey {
  readonly type: "openpgp" | "smime";
  /** Upper-case hex without blanks. */
  readonly fingerprint: string;
  /** Armoured key or PEM certificate; empty if only the fingerprint is known. */
  readonly text: string;
  readonly expires: Instant | null;
}

/** When a contact is at work, in its own time zone. */
export interface Hours {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** ISO weekdays, 1 Monday ... 7 Sunday. */
  readonly weekdays: readonly number[];
  /** Local `HH:MM`; `from` = `until` means round the clock. */
  readonly from: string;
  readonly until: string;
  /** Local dates `YYYY-MM-DD` on which nobody is there. */
  readonly holidays: readonly string[];
}

/** An address of an institution. */
export interface Contact {
  readonly id: string;
  readonly institution: string;
  readonly role: ContactRole;
  readonly channel: Channel;
  /** A mail address, an https URL, a folder, a telephone number: by channel. */
  readonly address: string;
  /** 0 is tried first. */
  readonly order: number;
  /** BCP 47; empty: the institution's. */
  readonly language: string;
  readonly key: ContactKey | null;
  /** `null`: round the clock. */
  readonly hours: Hours | null;
  readonly status: "official" | "unverified" | "superseded";
  readonly verified: Verification | null;
  /** When the contact itself ends, if that is known. */
  readonly expires: Instant | null;
  readonly provenance: Provenance;
}

/** That a named person made sure that an address belongs to whom it should. */
export interface Verification {
  readonly at: Instant;
  readonly by: string;
  /** `signed-reply`, `official-page`, `phone` ..., in the words of whoever did it. */
  readonly how: string;
}

/** A verification older than this has lapsed: a lapsed domain would receive victims' data. */
export const VERIFICATION_LASTS = 180 * spans.day;

/** Whether something may be sent to a contact by itself, or why not. */
export type Standing = "usable" | "unverified" | "verification-lapsed" | "superseded" | "expired";

/** How a contact stands at a moment: only `usable` may be written to without a person. */
export function standingOf(contact: Contact, now: Instant): Standing {
  if (contact.status === "superseded") return "superseded";
  if (contact.expires !== null && contact.expires <= now) return "expired";
  if (contact.verified === null) return "unverified";
  return between(contact.verified.at, now) > VERIFICATION_LASTS ? "verification-lapsed" : "usable";
}
