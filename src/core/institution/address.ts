import { canonicalDomain } from "./canonical.ts";
import type { Channel } from "./contact.ts";

/** RFC 5322's dot-atom: no quotes, no blanks, nothing that could end a header's line. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** An absolute https URL without user and password. */
const WEB =
  /^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*)?$/i;
/** A path below the drop folder: no part of it begins with a dot. */
const FOLDER = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;

/**
 * An address of a channel in its one form: a mail address whose domain is in lower-case A-labels, an https URL, a
 * folder below the drop folder, a telephone number as RFC 3966 has it (`+4712345678`). `undefined` if it is none.
 */
export function canonicalAddress(channel: Channel, text: string): string | undefined {
  const given = text.trim();
  switch (channel) {
    case "mail":
      return mailAddress(given.replace(/^mailto:/i, ""));
    case "webhook":
      return WEB.exec(given)?.[0];
    case "file":
      return FOLDER.exec(given)?.[0];
    case "phone":
      return /^\+\d{5,15}$/.exec(
        given.replace(/^tel:/i, "").replaceAll(/\(0\)|[\s().\-/]/g, ""),
      )?.[0];
  }
}

function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = canonicalDomain(text.slice(at + 1));
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return undefined;
  return domain === undefined || !domain.includes(".") ? undefined : `${local}@${domain}`;
}
