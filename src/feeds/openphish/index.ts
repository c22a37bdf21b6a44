import { makeListFormat, plainList } from "../shared/list/index.ts";

/** OpenPhish: pages that phish. */
export const openphish = makeListFormat({
  name: "openphish",
  title: "OpenPhish: URLs of phishing pages, plain or as JSON lines with details",
  types: [
    plainList("openphish", { name: "openphish", of: "url", kind: "phishing", says: /openphish/i }),
    {
      name: "commercial",
      json: { needs: ["url", "brand", "family_id"] },
      mapping: {
        version: "openphish.commercial.1",
        fields: { time: ["isotime", "discover_time"], address: "ip", host: "host", url: "url" },
        kind: "phishing",
        subject: "origin",
        reported: { asn: "asn", country: "country_code" },
        tlp: "amber",
      },
    },
  ],
});
