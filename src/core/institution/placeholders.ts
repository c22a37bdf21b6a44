/**
 * Mailboxes that stand in registries' records because a field wants one, and that reach nobody who answers for the
 * network: mail to them is lost at best, and tells a third party who was hit at worst. Our own list, from the
 * registries' documentation.
 */
import { canonicalDomain } from "./canonical.ts";

/** Why a mailbox is a placeholder. */
export type PlaceholderReason =
  /** Of a regional or national registry, which hands out numbers and runs no network of others. */
  | "registry-mailbox"
  /** Of IANA or ICANN: stands in records of special-purpose and unallocated space. */
  | "iana"
  /** A name by which mail is thrown away: `nobody@`, `noreply@`. */
  | "unread-mailbox"
  /** A domain that means another host in every network (RFC 6761, RFC 6762, RFC 8375). */
  | "inside-domain"
  /** No mail address at all. */
  | "malformed";

/**
 * Registries that stand as a contact in the records of space that they administer. Their own networks are theirs to
 * answer for: enter the contact by hand.
 */
const REGISTRIES = [
  "ripe.net", // "abuse@ripe.net" in early registrations and in placeholders of ERX space
  "apnic.net", // "abuse@apnic.net", "no-email@apnic.net", "helpdesk@apnic.net"
  "arin.net", // "abuse@arin.net", on space that is transferred to other registries
  "lacnic.net", // "abuse@lacnic.net", which replaces contacts that were lost
  "afrinic.net", // "abuse@afrinic.net", "hostmaster@afrinic.net"
  "nic.ad.jp", // JPNIC, whose records of members are behind its own whois
  "krnic.or.kr", // KRNIC, of blocks that its members have
  "nic.or.kr",
  "cnnic.cn", // CNNIC's IP address alliance: of members' blocks
  "cnnic.net.cn",
  "twnic.net.tw",
  "twnic.tw",
  "idnic.net",
  "idnic.id",
  "irinn.in",
  "vnnic.vn",
  "vnnic.net.vn",
  "nic.mx",
  "registro.br", // national block records of Brazil
];

const IANA = ["iana.org", "icann.org", "iana-servers.net"];

/** Names of a network's inside. Domains for examples (RFC 2606) are no harm: mail to them goes nowhere. */
const INSIDE = ["localhost", "localdomain", "local", "internal", "home.arpa"];

/** Names whose mail nobody reads, whatever the domain. */
const UNREAD =
  /^(nobody|no-?one|none|null|devnull|dev-null|unknown|not-?available|na|n-a|no-?e?mail|no-?contact|unread|unmonitored|invalid|bounces?|mailer-daemon|do-?not-?reply|no-?reply|donotuse|placeholder|dummy|changeme|bit-?bucket|blackhole)$/;

/** Why nothing may be sent to a mail address by itself, or `undefined` if nothing is known against it. */
export function placeholderReason(address: string): PlaceholderReason | undefined {
  const at = address.lastIndexOf("@");
  const domain = at < 1 ? undefined : canonicalDomain(address.slice(at + 1));
  if (domain === undefined) return "malformed";
  const local = address.slice(0, at).toLowerCase().replace(/\+.*$/, "").replaceAll(/[._]/g, "-");
  if (UNREAD.test(local)) return "unread-mailbox";
  if (isWithin(domain, IANA)) return "iana";
  if (isWithin(domain, REGISTRIES)) return "registry-mailbox";
  return isWithin(domain, INSIDE) ? "inside-domain" : undefined;
}

function isWithin(domain: string, parents: readonly string[]): boolean {
  return parents.some((parent) => domain === parent || domain.endsWith(`.${parent}`));
}
