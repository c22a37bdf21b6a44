import { packCountry, unpackCountry } from "../network/index.ts";
import type { Channel } from "./contact.ts";
import { prefixText, readPrefix } from "./prefix.ts";
import type { ResponsibilityKind } from "./responsibility.ts";

/** The largest AS number (RFC 6793); 0 is nobody's (RFC 7607). */
const LAST_ASN = 4_294_967_295;

/**
 * What somebody wrote of a responsibility in its one form, or `undefined` if it is none: `AS64500` and `64500`,
 * `*.Example.COM.`, `192.0.2.7/24`, `no`. A domain must come in A-labels.
 */
export function canonicalValue(kind: ResponsibilityKind, text: string): string | undefined {
  switch (kind) {
    case "domain":
      return canonicalDomain(text);
    case "cidr": {
      const prefix = readPrefix(text);
      return prefix === undefined ? undefined : prefixText(prefix);
    }
    case "asn":
      return canonicalAsn(text);
    case "country":
      return unpackCountry(packCountry(text.trim())) || undefined;
    case "sector":
      return /^[a-z0-9]+(-[a-z0-9]+)*$/.exec(text.trim().toLowerCase())?.[0];
  }
}

/**
 * A domain in lower case without `*.` in front and dot behind; `undefined` if it is no domain in A-labels (RFC 1035,
 * section 2.3.4).
 */
export function canonicalDomain(text: string): string | undefined {
  const domain = text
    .trim()
    .toLowerCase()
    .replace(/^(\*\.|\.)/, "")
    .replace(/\.$/, "");
  const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
  if (domain.length > 253 || /^[\d.]+$/.test(domain)) return undefined;
  return domain.split(".").every((part) => label.test(part)) ? domain : undefined;
}

function canonicalAsn(text: string): string | undefined {
  const digits = /^(?:as)?(\d{1,10})$/i.exec(text.trim())?.[1];
  const asn = Number(digits ?? 0);
  return asn === 0 || asn > LAST_ASN ? undefined : String(asn);
}

/**
 * What a word says that somebody answers for: `AS64500`, `192.0.2.0/24`, `example.no`, `country:NO`, `sector:energy`.
 * `undefined` if it is nothing of the kind.
 */
export function responsibilityFrom(
  word: string,
): { readonly kind: ResponsibilityKind; readonly value: string } | undefined {
  const [, named, rest = ""] = /^(country|sector|domain|asn|cidr):(.*)$/i.exec(word.trim()) ?? [];
  const kind = (named?.toLowerCase() as ResponsibilityKind | undefined) ?? kindOf(word.trim());
  const value = canonicalValue(kind, named === undefined ? word : rest);
  return value === undefined ? undefined : { kind, value };
}

function kindOf(word: string): ResponsibilityKind {
  if (/^as\d+$/i.test(word)) return "asn";
  return /[/:]|^[\d.]+$/.test(word) ? "cidr" : "domain";
}

/**
 * The id of a contact: it says whose it is and where it leads, so that a person can read it in a task or in the audit
 * log. The same address of the same institution always has the same id.
 */
export function contactId(institution: string, channel: Channel, address: string): string {
  const place = address.toLowerCase();
  return `${institution}/${channel === "mail" ? place : `${channel}:${place}`}`;
}

/** A part of an id: small letters, digits and single hyphens; accents are dropped. Empty if nothing remains. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
