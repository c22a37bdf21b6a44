import { makeListFormat } from "../shared/list/index.ts";

/** Blueliv crime servers. */
export const blueliv = makeListFormat({
  name: "blueliv",
  title: "Blueliv: crime servers, JSON",
  types: [
    {
      name: "crimeserver",
      json: { needs: ["type", "lastSeenAt", "url"] },
      mapping: {
        version: "blueliv.crimeserver.1",
        fields: {
          time: ["lastSeenAt", "updatedAt", "firstSeenAt"],
          address: "ip",
          host: "domain",
          url: "url",
          family: ["subType", "malwareFamily"],
        },
        kind: {
          columns: ["type"],
          rules: [
            { word: "C_AND_C", whole: true, kind: "c2-server" },
            { word: "BACKDOOR", whole: true, kind: "c2-server" },
            { word: "MALWARE", whole: true, kind: "malware-distribution" },
            { word: "EXPLOIT_KIT", whole: true, kind: "malware-distribution" },
            { word: "PHISHING", whole: true, kind: "phishing" },
          ],
          otherwise: "other",
        },
        subject: "origin",
        reported: { asn: "asnId", country: "country" },
        tlp: "amber",
      },
    },
  ],
});
