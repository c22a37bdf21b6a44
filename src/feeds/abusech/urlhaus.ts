import { type ListType, plainList, type RecordMapping } from "../shared/list/index.ts";

const mapping: RecordMapping = {
  version: "abusech.urlhaus.1",
  fields: {
    time: ["dateadded", "date_added", "firstseen"],
    until: ["last_online", "lastonline"],
    url: "url",
    host: "host",
    eventId: ["id", "url_id"],
  },
  kind: "malware-distribution",
  subject: "origin",
  tlp: "clear",
};

/** The identifier of a URL is the name under which the document has it. */
const named: ListType["rework"] = (row, id) => (id !== "" && !row.has("id") ? [{ id }] : undefined);

/** URLhaus: addresses in the web from which malware is had. */
export const urlhaus: readonly ListType[] = [
  { name: "urlhaus", mapping, text: { needs: ["dateadded", "url", "url_status", "threat"] } },
  {
    name: "urlhaus-list",
    mapping,
    json: { needs: ["dateadded", "url", "threat"], looks: /^\[/ },
  },
  {
    name: "urlhaus-json",
    mapping,
    json: { needs: ["dateadded", "url", "threat"], looks: /^\{\s*"\d+"/, under: ["*"] },
    rework: named,
  },
  {
    name: "urlhaus-api",
    mapping,
    json: { needs: ["date_added", "url", "url_status", "urlhaus_reference"], under: ["urls"] },
  },
  plainList("abusech", {
    name: "urlhaus-urls",
    of: "url",
    kind: "malware-distribution",
    says: /urlhaus/i,
  }),
];
