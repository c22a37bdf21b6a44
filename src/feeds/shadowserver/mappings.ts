import type { FieldSource, Mapping } from "../shared/mapping/index.ts";

/** A mapping without its version, which belongs to the report type. */
export type ReportMapping = Omit<Mapping, "version">;

function leniently(...columns: string[]): FieldSource {
  return { columns, lenient: true };
}

/** Shadowserver shares its reports with the network's owner only. */
const tlp = "amber";

const sourceIsVictim = {
  victimAsn: "src_asn",
  victimCountry: "src_geo",
  originAsn: "dst_asn",
  originCountry: "dst_geo",
};

const sourceIsOrigin = {
  originAsn: "src_asn",
  originCountry: "src_geo",
  victimAsn: "dst_asn",
  victimCountry: "dst_geo",
};

/** Who opened the connection is infected; whom it called is the sinkhole that stands for the controller. */
export const sinkhole: ReportMapping = {
  fields: {
    seenAt: "timestamp",
    victim: "src_ip",
    victimPort: "src_port",
    victimHost: "src_hostname",
    origin: leniently("dst_ip"),
    originPort: leniently("dst_port"),
    originHost: leniently("http_host", "dst_hostname"),
    protocol: "protocol",
    family: { columns: ["family", "infection"] },
    eventId: "event_id",
    count: "count",
  },
  reported: sourceIsVictim,
  kind: "infected-system",
  tlp,
};

/** Who opened the connection tries passwords; the honeypot that it met is the victim. */
export const bruteForce: ReportMapping = {
  fields: {
    seenAt: "timestamp",
    seenUntil: leniently("end_time"),
    origin: "src_ip",
    originPort: "src_port",
    originHost: "src_hostname",
    victim: leniently("dst_ip"),
    victimPort: leniently("dst_port"),
    victimHost: leniently("dst_hostname"),
    protocol: "protocol",
    family: { columns: ["family", "infection"] },
    eventId: "event_id",
    count: "count",
  },
  reported: sourceIsOrigin,
  kind: "brute-force",
  tlp,
};

/** A web site that somebody has changed; who it was is not in the report. */
export const compromisedWebsite: ReportMapping = {
  fields: {
    seenAt: "timestamp",
    victim: "ip",
    victimPort: "port",
    victimHost: "http_host",
    url: "url",
    protocol: "protocol",
    family: { columns: ["family", "infection"] },
    eventId: "event_id",
  },
  reported: { victimAsn: "asn", victimCountry: "geo" },
  kind: {
    columns: ["tag", "category", "infection"],
    rules: [
      { word: "webshell", kind: "web-backdoor" },
      { word: "backdoor", kind: "web-backdoor" },
    ],
    otherwise: "system-compromise",
  },
  tlp,
};
