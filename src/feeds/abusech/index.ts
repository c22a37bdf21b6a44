import { type ListType, makeListFormat, plainList } from "../shared/list/index.ts";
import { feodotracker } from "./feodotracker.ts";
import { threatfox } from "./threatfox.ts";
import { urlhaus } from "./urlhaus.ts";

const sslbl: readonly ListType[] = [
  {
    name: "sslbl",
    text: { needs: ["firstseen", "dstip", "dstport"] },
    mapping: {
      version: "abusech.sslbl.1",
      fields: { time: "firstseen", address: "dstip", port: "dstport" },
      kind: "c2-server",
      subject: "origin",
      always: { protocol: "tcp" },
      tlp: "clear",
    },
  },
  plainList("abusech", {
    name: "sslbl-addresses",
    of: "address",
    kind: "c2-server",
    says: /sslbl|ssl ?blacklist/i,
  }),
];

/** The lists of abuse.ch: whoever is listed controls bots or hands out malware. */
export const abusech = makeListFormat({
  name: "abusech",
  title: "abuse.ch: Feodo Tracker, URLhaus, ThreatFox and SSLBL exports, CSV and JSON",
  types: [...feodotracker, ...urlhaus, ...threatfox, ...sslbl],
});
