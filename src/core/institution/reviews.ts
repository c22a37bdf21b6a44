import { type Instant, later, spans } from "../time/index.ts";
import { type Contact, VERIFICATION_LASTS } from "./contact.ts";

/** How long before something ends a person is told. */
export const REVIEW_AHEAD = 30 * spans.day;

/** What of a contact ends, or has. */
export type Ending = "verification" | "contact" | "key";

/** That a person should look at a contact again. */
export interface Review {
  readonly contact: string;
  readonly institution: string;
  /** What ends, the soonest first; never empty. */
  readonly endings: readonly { readonly what: Ending; readonly on: Instant }[];
  /** When the first of them ends. */
  readonly dueAt: Instant;
}

/**
 * The contacts that must be looked at again: verified ones whose verification, key or own term has ended or ends
 * soon. One that was never verified is not among them, nor one that is superseded: nothing is sent there anyway. The
 * most urgent first.
 */
export function dueReviews(
  contacts: readonly Contact[],
  now: Instant,
  ahead: number = REVIEW_AHEAD,
): Review[] {
  const until = later(now, ahead);
  return contacts
    .flatMap((contact) => {
      const endings = endingsOf(contact).filter(({ on }) => on <= until);
      const [first] = endings;
      const { id, institution } = contact;
      return first === undefined ? [] : [{ contact: id, institution, endings, dueAt: first.on }];
    })
    .sort((left, right) => order(left.dueAt, right.dueAt) || order(left.contact, right.contact));
}

function endingsOf({ status, verified, expires, key }: Contact): Review["endings"] {
  if (status === "superseded" || verified === null) return [];
  const endings: { what: Ending; on: Instant }[] = [
    { what: "verification", on: later(verified.at, VERIFICATION_LASTS) },
  ];
  if (expires !== null) endings.push({ what: "contact", on: expires });
  if (key?.expires) endings.push({ what: "key", on: key.expires });
  return endings.sort((left, right) => order(left.on, right.on));
}

function order(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
