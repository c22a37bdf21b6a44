import {
  canonicalDomain,
  type DirectoryReading,
  isWithin,
  placeholderReason,
  type Prefix,
  prefixesOfRange,
  prefixText,
  type ReadingOptions,
  type ResponsibilityKind,
  slug,
} from "../../core/institution/index.ts";
import { addressFromText } from "../../core/network/index.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { type AbuseEntity, abuseEntities, RdapObject } from "./response.ts";
import type { RdapSubject } from "./subject.ts";

/** An autnum object covers a range; a longer one is a registry's whole block. */
const MOST_AUTNUMS = 256;
/** The largest networks that anybody holds; wider ones are a registry's own. */
const WIDEST = { 4: 8, 6: 12 };

/**
 * Reads an answer of an RDAP server about a network, an AS number or a domain: who takes abuse reports for it.
 * `asked` is what the server was asked about: an answer about something else, or about half of the internet, makes
 * nobody responsible for anything.
 */
export function readRdap(
  document: unknown,
  options: ReadingOptions,
  asked?: RdapSubject,
): DirectoryReading {
  const builder = new DirectoryBuilder(options);
  const read = RdapObject.safeParse(document);
  if (!read.success) builder.refuse(1, "it is no RDAP object");
  else if (asked !== undefined && !isAbout(read.data, asked))
    builder.refuse(1, "it is about something else than what was asked");
  else take(builder, read.data);
  return builder.finish();
}

function isAbout(object: RdapObject, asked: RdapSubject): boolean {
  switch (asked.kind) {
    case "ip":
      return networksOf(object).some((prefix) => isWithin(asked.address, prefix));
    case "autnum": {
      const { startAutnum = 0, endAutnum = startAutnum } = object;
      return startAutnum <= asked.asn && asked.asn <= endAutnum;
    }
    case "domain": {
      const name = canonicalDomain(object.ldhName ?? "") ?? "";
      return name.includes(".") && `.${asked.domain}`.endsWith(`.${name}`);
    }
  }
}

function take(builder: DirectoryBuilder, object: RdapObject): void {
  const parts = partsOf(object);
  const entities = abuseEntities(object);
  const [closest] = entities;
  if (parts.length === 0) return builder.refuse(1, "it is no network, AS number or domain");
  if (closest === undefined) return builder.refuse(1, "nobody in it takes abuse reports");
  const id = `rdap-${slug(closest.handle) || slug(closest.card.emails[0] ?? "") || "nobody"}`;
  const registrar = closest.within.includes("registrar");
  builder.institution({
    id,
    name: closest.withinName || closest.card.name || object.name || id,
    kind: registrar ? "registrar" : "operator",
    country: /^[A-Z]{2}$/i.exec(object.country ?? "")?.[0].toUpperCase() ?? "",
  });
  // Entities further in answer for others: of equal depth all are taken.
  for (const entity of entities)
    if (entity.depth === closest.depth) takeMailboxes(builder, id, entity);
  for (const [kind, value] of parts) builder.responsible(id, kind, value);
}

function takeMailboxes(
  builder: DirectoryBuilder,
  institution: string,
  { card }: AbuseEntity,
): void {
  for (const address of card.emails) {
    const reason = placeholderReason(address.replace(/^mailto:/i, ""));
    if (reason !== undefined) builder.refuse(1, `placeholder (${reason}): ${address}`);
    else if (!builder.contact({ institution, address }))
      builder.refuse(1, `email is no mail address: ${address}`);
  }
  for (const address of card.phones)
    builder.contact({ institution, address, channel: "phone", order: 90 });
}

function partsOf(object: RdapObject): (readonly [ResponsibilityKind, string])[] {
  const { startAutnum, endAutnum = startAutnum, ldhName } = object;
  const networks = networksOf(object);
  if (networks.length > 0) return networks.map((prefix) => ["cidr", prefixText(prefix)] as const);
  if (startAutnum !== undefined && endAutnum !== undefined)
    return Array.from(
      { length: Math.max(0, Math.min(endAutnum - startAutnum + 1, MOST_AUTNUMS)) },
      (_, at) => ["asn", String(startAutnum + at)] as const,
    );
  return ldhName === undefined ? [] : [["domain", ldhName]];
}

/** The networks of an object, without those that nobody holds. */
function networksOf({ startAddress, endAddress }: RdapObject): Prefix[] {
  const [first, last] = [startAddress, endAddress].map((text) => addressFromText(text ?? ""));
  const networks = first && last ? prefixesOfRange(first, last) : [];
  return networks.filter(({ address, length }) => length >= WIDEST[address.version === 4 ? 4 : 6]);
}
