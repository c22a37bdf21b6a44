import { makeListFormat } from "../shared/list/index.ts";

/** ESET Threat Intelligence: hosts that hand out malware, phish or control bots. */
export const eset = makeListFormat({
  name: "eset",
  title: "ESET Threat Intelligence: domains, URLs and C2 servers, JSON",
  types: [
    {
      name: "eset",
      json: {
        lacks: ["spec_version", "Attribute", "Event", "uuid"],
        needs: ["(?:domain|url|server)", "last_seen", "first_seen", "(?:reason|state|threat)"],
      },
      mapping: {
        version: "eset.1",
        fields: {
          time: ["last_seen", "first_seen"],
          address: "ip",
          port: "port",
          host: ["domain", "server"],
          url: "url",
          family: ["family", "threat"],
          confidence: "confidence",
          count: "count",
        },
        kind: {
          columns: ["reason", "type"],
          rules: [
            { word: "c&c", kind: "c2-server" },
            { word: "command and control", kind: "c2-server" },
            { word: "phish", kind: "phishing" },
            { word: "scam", kind: "masquerade" },
          ],
          otherwise: "malware-distribution",
        },
        subject: "origin",
        confidence: { low: 20, medium: 60, high: 100 },
        nothing: ["@ipv4_NXDOMAIN", "@ipv4_timeout", "@ipv4_SERVFAIL"],
        reported: { country: "location" },
        tlp: "amber",
      },
    },
  ],
});
