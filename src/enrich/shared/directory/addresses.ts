import { domainToASCII } from "node:url";
import {
  canonicalAddress,
  canonicalDomain,
  type Channel,
} from "../../../core/institution/index.ts";

/** An address of a channel in its one form, as core has it; a mail address may have a domain in any script. */
export function addressOf(channel: Channel, text: string): string | undefined {
  const at = text.lastIndexOf("@");
  const domain = channel === "mail" && at > 0 ? domainName(text.slice(at + 1)) : undefined;
  return canonicalAddress(channel, domain ? `${text.slice(0, at)}@${domain}` : text);
}

/** A domain in lower-case A-labels; `undefined` if it is none. */
export function domainName(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^(\*\.|\.)/, "")
    .replace(/\.$/, "");
  return canonicalDomain(domainToASCII(plain));
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
