import {
  type Facts,
  type ListType,
  makeListFormat,
  type RecordMapping,
} from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";
import { botNames } from "./bot-names.ts";

const cidr = /^[\da-f:.]+\/\d{1,3}$/i;

/** The lists of networks that nobody should talk to. A network is no address: it stands as the origin's name. */
const drop: Omit<RecordMapping, "version" | "fields"> = {
  kind: "spam",
  subject: "origin",
  tlp: "clear",
  undated: true,
};

/** Spamhaus CERT: bots and abusers of a country or AS, told by the column `botname`. */
const cert: ListType = {
  name: "cert",
  text: { needs: ["ip", "lastseen", "botname", "remote_ip"], comments: [";", "#"] },
  mapping: {
    version: "spamhaus.cert.1",
    fields: {
      time: "lastseen",
      address: "ip",
      peerAddress: "remote_ip",
      peerPort: "remote_port",
      peerHost: "domain",
      url: "url",
      protocol: "protocol",
      family: "family",
    },
    kind: {
      columns: ["botname"],
      rules: Object.entries(botNames).map(([word, [kind]]) => ({ word, whole: true, kind })),
      otherwise: "infected-system",
    },
    subject: "by-kind",
    reported: { asn: "asn", country: "country" },
    tlp: "amber",
  },
  rework: nameFamily,
};

/** Who is no abuser of its own is a bot, and its name is that of the malware; a spammer's malware stands in `local_port`. */
function nameFamily(row: Members): readonly Facts[] {
  const botname = row.text("botname");
  const known = botNames[botname.toLowerCase()];
  const local = row.text("local_port");
  const mailer = local.includes(":") ? /^[\da-f.]+:\d*:(\S+)$/i.exec(local)?.[1] : undefined;
  const family = (known ? known[1] : botname || undefined) ?? mailer;
  const domain = row.text("domain");
  return [/^https?:/.test(domain) ? { url: domain, domain: "", family } : { family }];
}

/** The lists of the Spamhaus Project. */
export const spamhaus = makeListFormat({
  name: "spamhaus",
  title: "Spamhaus: DROP, EDROP, DROPv6 and ASN-DROP, as text and JSON lines, and the CERT feed",
  types: [
    cert,
    {
      name: "drop",
      text: {
        // Some copies have a column before the two.
        cut: (row) =>
          row
            .split(";")
            .slice(-2)
            .map((cell) => cell.trim()),
        columns: ["network", "blocklist"],
        looks: { network: cidr, blocklist: /^SBL\d+$/ },
        comments: [";", "#"],
      },
      mapping: { ...drop, version: "spamhaus.drop.1", fields: { indicator: "network" } },
    },
    {
      name: "asndrop",
      text: {
        delimiter: /\s*[;|]\s*/,
        columns: ["asn", "country", "as_name"],
        looks: { asn: /^AS\d+$/, country: /^(?:[A-Z]{2})?$/ },
        comments: [";", "#"],
        ragged: true,
      },
      mapping: {
        ...drop,
        version: "spamhaus.asndrop.1",
        fields: { indicator: "asn" },
        reported: { asn: "asn", country: "country" },
      },
    },
    {
      name: "drop-json",
      json: { needs: ["cidr", "sblid"] },
      mapping: { ...drop, version: "spamhaus.drop-json.1", fields: { indicator: "cidr" } },
    },
    {
      name: "asndrop-json",
      json: { needs: ["asn", "asname", "rir"] },
      mapping: {
        ...drop,
        version: "spamhaus.asndrop-json.1",
        fields: { indicator: "as" },
        reported: { asn: "asn", country: "cc" },
      },
      rework: (row) => [{ as: row.has("asn") ? `AS${row.text("asn")}` : undefined }],
    },
  ],
});
