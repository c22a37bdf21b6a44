import type { Facts, ListType, RecordMapping } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

const mapping: RecordMapping = {
  version: "abusech.threatfox.1",
  fields: {
    time: ["first_seen_utc", "first_seen"],
    until: ["last_seen_utc", "last_seen"],
    indicator: ["ioc_value", "ioc"],
    family: ["malware_printable", "malware"],
    confidence: "confidence_level",
    eventId: ["ioc_id", "id"],
  },
  kind: {
    columns: ["threat_type"],
    rules: [
      { word: "botnet_cc", whole: true, kind: "c2-server" },
      { word: "payload", kind: "malware-distribution" },
      { word: "cc_skimming", whole: true, kind: "malware-distribution" },
    ],
    otherwise: "other",
  },
  subject: "origin",
  nothing: ["Unknown malware"],
  tlp: "clear",
};

/** The identifier is the name under which the document has the indicator. */
function named(row: Members, id: string): readonly Facts[] | undefined {
  return /^\d+$/.test(id) && !row.has("ioc_id") ? [{ ioc_id: id }] : undefined;
}

const hostless = { column: "ioc_type", looks: /^(md5|sha\d|.*hash)/i };

/** ThreatFox: indicators of malware; hashes of files name no host. */
export const threatfox: readonly ListType[] = [
  {
    name: "threatfox",
    mapping,
    hostless,
    text: { needs: ["ioc_value", "ioc_type", "threat_type"] },
  },
  {
    name: "threatfox-json",
    mapping,
    hostless,
    json: { needs: ["ioc_value", "threat_type"], looks: /^\{\s*"\d+"/, under: ["*"] },
    rework: named,
  },
  {
    name: "threatfox-api",
    mapping,
    hostless,
    json: { needs: ["ioc", "threat_type", "query_status"], under: ["data"] },
  },
  {
    name: "threatfox-list",
    mapping,
    hostless,
    json: { needs: ["threat_type", "ioc_type"], lacks: ["query_status"] },
  },
];
