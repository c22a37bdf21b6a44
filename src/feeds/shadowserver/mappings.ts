import type { FieldSource, KindRules, Mapping } from "../shared/mapping/index.ts";

/** Who the address of a report is, and where its parts stand. */
type RoleMapping = Pick<Mapping, "fields" | "reported">;

function leniently(...columns: string[]): FieldSource {
  return { columns, lenient: true };
}

/** A cell of which a field takes a part only (the host of a URL): it stays in `extra` as it is. */
function partOf(column: string): FieldSource {
  return { columns: [column], lenient: true, keep: true };
}

/** What stands in the same columns, whoever the address is. */
const common: Mapping["fields"] = {
  seenAt: "timestamp",
  protocol: "protocol",
  // `infection` is the name of what was seen, `family` the malware's; many reports fill only one.
  family: { columns: ["family", "infection"] },
  eventId: "event_id",
  count: leniently("count"),
};

/** The roles by name. In "src" and "dst" of Shadowserver, the source is whoever opened the connection. */
const roles = {
  /**
   * Who opened the connection is infected or affected; whom it called stands for the controller (a sinkhole) or for the
   * hosts that flood the victim (the honeypot that took part in a reflected attack, whose source is forged).
   */
  callingVictim: {
    fields: {
      ...common,
      seenUntil: leniently("end_time"),
      victim: { columns: ["src_ip", "ip"] },
      victimPort: { columns: ["src_port", "port"] },
      victimHost: { columns: ["src_hostname", "hostname"] },
      origin: leniently("dst_ip"),
      originPort: leniently("dst_port"),
      originHost: leniently("http_host", "dst_hostname", "query"),
    },
    reported: {
      victimAsn: "src_asn",
      victimCountry: "src_geo",
      originAsn: "dst_asn",
      originCountry: "dst_geo",
    },
  },
  /** Who opened the connection attacks, scans or gives the orders; whom it met (a honeypot, a target) is the victim. */
  callingOrigin: {
    fields: {
      ...common,
      seenUntil: leniently("end_time"),
      origin: { columns: ["src_ip", "ip"] },
      originPort: { columns: ["src_port", "port"] },
      originHost: { columns: ["src_hostname", "hostname"] },
      victim: leniently("dst_ip"),
      victimPort: leniently("dst_port"),
      victimHost: leniently("dst_hostname"),
      url: "http_url",
    },
    reported: {
      originAsn: "src_asn",
      originCountry: "src_geo",
      victimAsn: "dst_asn",
      victimCountry: "dst_geo",
    },
  },
  /**
   * The web site that sent a visitor to a sinkhole was entered; the visitor is not in the report. What it says of the
   * site's port and network stays in `extra` alone, where Shadowserver's own mapping has it.
   */
  referringSite: {
    fields: {
      ...common,
      victim: "http_referer_ip",
      victimHost: leniently("http_referer_hostname", "http_referer"),
      origin: leniently("dst_ip"),
      originPort: leniently("dst_port"),
      originHost: leniently("http_host", "dst_hostname"),
    },
    reported: { originAsn: "dst_asn", originCountry: "dst_geo" },
  },
  /** A host that is open, vulnerable or entered; nobody else is in the report. */
  exposedHost: {
    fields: {
      ...common,
      victim: { columns: ["ip", "src_ip"] },
      victimPort: { columns: ["port", "src_port"] },
      victimHost: { columns: ["hostname", "src_hostname"] },
      url: "url",
    },
    reported: { victimAsn: "asn", victimCountry: "geo" },
  },
  /** A web site that somebody has changed; who it was is not in the report. */
  enteredSite: {
    fields: {
      ...common,
      victim: "ip",
      victimPort: "port",
      // A site is its name in requests; the address's reverse name is another matter.
      victimHost: "http_host",
      url: "url",
    },
    reported: { victimAsn: "asn", victimCountry: "geo" },
  },
  /** The listing of a host that spreads, steals or controls. */
  badHost: {
    fields: {
      ...common,
      origin: "ip",
      originPort: "port",
      originHost: { columns: ["hostname", "host"] },
      url: { columns: ["url", "http_url"] },
    },
    reported: { originAsn: "asn", originCountry: "geo" },
  },
  /** A name that malware asked for in a sandbox. What it resolved to may be anybody's address: it is no origin. */
  lookedUpName: { fields: { ...common, originHost: "request" } },
  /** An account whose password is known to others; the victim is where it has its address. */
  leakedAccount: {
    fields: {
      ...common,
      victimHost: partOf("email"),
      // Nothing else tells two accounts of a domain apart.
      eventId: partOf("email"),
      url: "source_url",
    },
  },
  /** A firm whose data a ransomware gang has published; the gang's name in `ransomware` is no malware's. */
  extortedFirm: {
    fields: { ...common, victimHost: partOf("website"), url: "leak_site_url" },
    reported: { victimCountry: "geo" },
  },
} as const satisfies Readonly<Record<string, RoleMapping>>;

/** A role by name. */
export type Role = keyof typeof roles;

/** Whose address a report of this role has, and where its parts stand. */
export function mappingOfRole(role: Role): RoleMapping {
  return roles[role];
}

/** Kinds that stand in the row. */
export const kindRules: Readonly<Record<string, KindRules>> = {
  "by-site-tag": {
    columns: ["tag", "category", "infection"],
    rules: [
      { word: "webshell", kind: "web-backdoor" },
      { word: "backdoor", kind: "web-backdoor" },
    ],
    otherwise: "system-compromise",
  },
  // A mail server has no host that is a web site: an intruder's shell on it is a compromised computer.
  "by-exchange-tag": {
    columns: ["tag"],
    rules: [{ word: "webshell", kind: "system-compromise" }],
    otherwise: "vulnerable-system",
  },
  // One-off reports, of vulnerable hosts mostly.
  "by-special-tag": {
    columns: ["tag", "status"],
    rules: [
      { word: "webshell", kind: "system-compromise" },
      { word: "backdoor", kind: "system-compromise" },
      { word: "implant", kind: "system-compromise" },
      { word: "compromised", whole: true, kind: "system-compromise" },
    ],
    otherwise: "vulnerable-system",
  },
};
