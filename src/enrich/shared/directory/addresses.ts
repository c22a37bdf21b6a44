import { domainToASCII } from "node:url";
import { canonicalDomain } from "../../../core/institution/index.ts";

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/**
 * A mail address in its one form: the domain in lower-case A-labels, the local part as it is. `undefined` if it is none, or has a name
 * or blanks about it: nothing that could end a header's line is ever taken.
 */
export function mailAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^mailto:/i, "");
  const at = bare.lastIndexOf("@");
  const local = bare.slice(0, Math.max(at, 0));
  const domain = domainName(bare.slice(at + 1));
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return undefined;
  return domain === undefined || !domain.includes(".") ? undefined : `${local}@${domain}`;
}

/** A domain in lower-case A-labels; `undefined` if it is none. */
export function domainName(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^(\*\.|\.)/, "")
    .replace(/\.$/, "");
  return canonicalDomain(domainToASCII(plain));
}

/** A telephone number in the form of RFC 3966: `+4712345678`; `undefined` if it has no country code or no digits. */
export function phoneNumber(text: string): string | undefined {
  const digits = text
    .trim()
    .replace(/^tel:/i, "")
    .replaceAll(/\(0\)|[\s().\-/]/g, "");
  return /^\+\d{5,15}$/.exec(digits)?.[0];
}

/** An https URL without credentials; `undefined` if it is none. */
export function httpsUrl(text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  return url.protocol === "https:" && url.username === "" && url.password === ""
    ? url.href
    : undefined;
}

/** Words for people, on one line: control characters and what surrounds them are a blank, and it is not endless. */
export function plainWords(text: string, most = 200): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, most);
}

/** The fingerprint of an OpenPGP key or a certificate: hex in upper case; `undefined` if it is none. */
export function fingerprintOf(text: string): string | undefined {
  const hex = text.replaceAll(/[\s:]/g, "").replace(/^0x/i, "").toUpperCase();
  return /^([0-9A-F]{40}|[0-9A-F]{64})$/.test(hex) ? hex : undefined;
}

/** A moment, from a date or a date and time; `null` if it is neither. */
export function instantFrom(text: string): string | null {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim()) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
