import type {
  Contact,
  ContactKey,
  DirectoryReading,
  ReadingOptions,
} from "../../core/institution/index.ts";
import { domainName, fingerprintOf } from "../shared/directory/addresses.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { type Field, fieldsOf } from "./fields.ts";

/**
 * Reads a security.txt. `domain` is where it was fetched from: without it `Canonical` says. It is refused whole if it
 * has expired, does not say when it does (RFC 9116, section 2.5.5), or is the file of another site. A signature is
 * not checked: whoever controls the site can sign, and a person verifies the contact.
 */
export function readSecurityTxt(
  text: string,
  domain: string | undefined,
  options: ReadingOptions,
): DirectoryReading {
  const builder = new DirectoryBuilder(options);
  const { fields } = fieldsOf(text);
  const sites = canonicalHosts(fields);
  const site = domain ?? sites[0];
  const expires = expiryOf(fields);
  if (site === undefined) builder.refuse(1, "it does not say whose it is: no Canonical");
  else if (sites.length > 0 && !sites.includes(site))
    builder.refuse(1, `it is the file of ${sites[0]}`);
  else if (expires === undefined) builder.refuse(1, "it has no Expires, or not one that is a time");
  else if (expires <= options.importedAt) builder.refuse(1, `it expired at ${expires}`);
  else take(builder, fields, site, expires);
  return builder.finish();
}

function take(
  builder: DirectoryBuilder,
  fields: readonly Field[],
  site: string,
  expires: string,
): void {
  const institution = `site-${site.replaceAll(".", "-")}`;
  const languages = valuesOf(fields, "preferred-languages")
    .flatMap((value) => value.split(","))
    .map((tag) => tag.trim())
    .filter((tag) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag));
  builder.institution({ id: institution, name: site, kind: "other", languages });
  builder.responsible(institution, "domain", site);
  const shared: Partial<Contact> = { role: "security", key: keyOf(fields), expires };
  for (const { line, name, value } of fields) {
    if (name !== "contact") continue;
    const channel = /^tel:/i.test(value) ? "phone" : "mail";
    if (/^https?:/i.test(value)) builder.refuse(line, `a web form is for a person: ${value}`);
    else if (!builder.contact({ institution, address: value, channel, ...shared }))
      builder.refuse(line, "Contact is neither a mail address nor a telephone number");
  }
}

function canonicalHosts(fields: readonly Field[]): string[] {
  return valuesOf(fields, "canonical").flatMap((value) => {
    const host = URL.canParse(value) ? domainName(new URL(value).hostname) : undefined;
    return host === undefined ? [] : [host];
  });
}

/** RFC 9116, section 2.5.5: exactly one, as RFC 3339 writes times. */
function expiryOf(fields: readonly Field[]): string | undefined {
  const [value, ...more] = valuesOf(fields, "expires");
  if (value === undefined || more.length > 0) return undefined;
  const time = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A key is known by its fingerprint only; where the key itself lies is not followed. */
function keyOf(fields: readonly Field[]): ContactKey | null {
  for (const value of valuesOf(fields, "encryption")) {
    const fingerprint = fingerprintOf(/^openpgp4fpr:(.*)$/i.exec(value)?.[1] ?? "");
    if (fingerprint) return { type: "openpgp", fingerprint, text: "", expires: null };
  }
  return null;
}

function valuesOf(fields: readonly Field[], wanted: string): string[] {
  return fields.filter(({ name }) => name === wanted).map(({ value }) => value);
}
