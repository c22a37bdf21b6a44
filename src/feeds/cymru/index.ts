import type { Kind } from "../../core/taxonomy/index.ts";
import { type Facts, makeListFormat } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";
import { readInformation, readPorts } from "./optional-information.ts";

/** What the categories of the report mean. */
const categories: Readonly<Record<string, Kind>> = {
  bot: "infected-system",
  bots: "infected-system",
  botnet: "infected-system",
  beagle: "infected-system",
  blaster: "infected-system",
  conficker: "infected-system",
  dipnet: "infected-system",
  mydoom: "infected-system",
  nachi: "infected-system",
  phatbot: "infected-system",
  sinit: "infected-system",
  slammer: "infected-system",
  spreaders: "infected-system",
  stormworm: "infected-system",
  toxbot: "infected-system",
  bruteforce: "brute-force",
  "brute-force": "brute-force",
  badlogin: "brute-force",
  controller: "c2-server",
  darknet: "scanner",
  scanner: "scanner",
  scanners: "scanner",
  honeypot: "scanner",
  ddosreport: "ddos",
  defacement: "unauthorised-information-modification",
  dnsamplification: "ddos-amplifier",
  fastflux: "other",
  flowbots: "infected-system",
  malwareurl: "malware-distribution",
  malware: "malware-distribution",
  openresolver: "vulnerable-system",
  openresolvers: "vulnerable-system",
  phishing: "phishing",
  proxy: "other",
  router: "vulnerable-system",
  routers: "vulnerable-system",
  spam: "spam",
  ssh: "brute-force",
};

/** Categories that name a worm: of the others the family stands in the information. */
const worms =
  /^(?:beagle|blaster|conficker|dipnet|mydoom|nachi|phatbot|sinit|slammer|stormworm|toxbot)$/i;

/** Team Cymru's report to national CSIRTs (CAP): what it saw hosts of a country do and suffer. */
export const cymru = makeListFormat({
  name: "cymru",
  title: "Team Cymru CSIRT Assistance Program: hosts of a country by category",
  types: [
    {
      name: "cap",
      text: {
        delimiter: "|",
        columns: ["category", "address", "asn", "timestamp", "optional_information", "asninfo"],
        looks: {
          category: /^[a-z-]+$/i,
          address: /^[\da-f.:]+$/i,
          asn: /^(?:\d+|NA)?$/,
          timestamp: /^\d{4}-\d{2}-\d{2} /,
        },
      },
      mapping: {
        version: "cymru.cap.1",
        fields: {
          time: "timestamp",
          address: "address",
          port: "port",
          host: "hostname",
          url: "url",
          peerAddress: "dest_addr",
          peerPort: "dest_port",
          protocol: "protocol",
          family: "family",
        },
        kind: {
          columns: ["category"],
          rules: Object.entries(categories).map(([word, kind]) => ({ word, whole: true, kind })),
          otherwise: "other",
        },
        subject: "by-kind",
        // An open proxy is a service of somebody else that stands open.
        roles: { other: "victim" },
        reported: { asn: "asn", country: "country" },
        nothing: ["NA"],
        tlp: "amber",
        leaveOut: ["ports", "optional_information", "asninfo"],
      },
      rework: byPort,
    },
  ],
});

/** What the rows assert of each port on the other side. */
function byPort(row: Members): readonly Facts[] {
  const category = row.text("category");
  const asninfo = row.text("asninfo");
  const comma = asninfo.lastIndexOf(", ");
  const named = comma > 0 && comma === asninfo.length - 4;
  const facts: Record<string, string> = {
    as_name: named ? asninfo.slice(0, comma) : asninfo,
    country: named ? asninfo.slice(-2) : "",
  };
  if (worms.test(category)) facts["family"] = category;
  readInformation(row.text("optional_information"), facts);
  const ports = readPorts(facts["ports"]);
  if (ports.length > 1) return ports.map((dest_port) => ({ ...facts, dest_port }));
  facts["dest_port"] = ports[0]!;
  return [facts];
}
