import { type ListType, plainList, type RecordMapping } from "../shared/list/index.ts";

const time = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

const mapping: RecordMapping = {
  version: "abusech.feodotracker.1",
  fields: {
    time: ["first_seen_utc", "first_seen", "firstseen", "last_online"],
    until: ["last_online", "lastonline"],
    address: ["dst_ip", "ip_address", "dstip"],
    port: ["dst_port", "port", "dstport"],
    host: "hostname",
    family: "malware",
  },
  kind: "c2-server",
  subject: "origin",
  reported: { asn: "as_number", country: "country" },
  tlp: "clear",
};

/** Feodo Tracker: servers that control bank trojans and loaders. */
export const feodotracker: readonly ListType[] = [
  { name: "feodotracker", mapping, text: { needs: ["first_seen_utc", "dst_ip", "dst_port"] } },
  { name: "feodotracker", mapping, text: { needs: ["firstseen", "dstip", "dstport", "malware"] } },
  {
    name: "feodotracker",
    mapping,
    text: {
      columns: ["first_seen_utc", "dst_ip", "dst_port", "c2_status", "last_online", "malware"],
      looks: { first_seen_utc: time, dst_port: /^\d+$/, c2_status: /^(?:online|offline)$/ },
    },
  },
  {
    name: "feodotracker-json",
    mapping,
    json: { needs: ["ip_address", "port", "malware", "last_online"] },
  },
  plainList("abusech", {
    name: "feodotracker-addresses",
    of: "address",
    kind: "c2-server",
    says: /feodo/i,
  }),
];
