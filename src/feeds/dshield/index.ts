import { type Facts, makeListFormat, plainList } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

/** `109.230.155.061`: DShield fills its numbers up with zeros. */
function withoutZeros(text: string): string {
  return text.replaceAll(/(^|\.)0+(?=\d)/g, "$1");
}

const padded = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const comments = ["#", "<!--", "-->", "SPDX-"];

/** DShield (SANS Internet Storm Center): who scans and attacks its sensors. */
export const dshield = makeListFormat({
  name: "dshield",
  title: "DShield: AS details, block list, top attackers",
  types: [
    {
      name: "asn",
      says: /dshield|asdetails|creativecommons/i,
      text: {
        delimiter: /\t/,
        columns: ["source", "reports", "targets", "first_seen", "last_seen", "updated"],
        looks: { source: padded, reports: /^\d+$/, targets: /^\d+$/, last_seen: /^\d{4}-/ },
        comments,
        ragged: true,
      },
      mapping: {
        version: "dshield.asn.1",
        fields: { time: ["updated", "last_seen", "first_seen"], address: "source" },
        kind: "brute-force",
        subject: "origin",
        reported: { asn: "asn" },
        tlp: "clear",
      },
      rework: unpadded,
    },
    {
      name: "block",
      text: { delimiter: "\t", needs: ["start", "end", "attacks", "country"] },
      mapping: {
        version: "dshield.block.1",
        fields: { indicator: "network" },
        kind: "other",
        subject: "origin",
        reported: { country: "Country" },
        tlp: "clear",
        undated: true,
      },
      rework: (row) => [{ network: networkOf(row) }],
    },
    {
      name: "topattackers",
      says: /dshield|top.?(?:\d+|attackers|ips)|ipsascii|isc\.sans/i,
      text: {
        delimiter: /\t+|\s{2,}/,
        columns: ["source", "reports", "targets", "first_seen", "last_seen"],
        looks: { source: padded, reports: /^\d+$/, targets: /^\d+$/ },
        comments,
        ragged: true,
      },
      mapping: {
        version: "dshield.topattackers.1",
        fields: { time: ["last_seen", "first_seen"], address: "source" },
        kind: "scanner",
        subject: "origin",
        tlp: "clear",
        undated: true,
      },
      rework: unpadded,
    },
    plainList("dshield", {
      name: "domains",
      of: "host",
      kind: "malware-distribution",
      says: /dshield/i,
    }),
  ],
});

function unpadded(row: Members): readonly Facts[] {
  return [{ source: withoutZeros(row.text("source")) }];
}

function networkOf(row: Members): string {
  const start = withoutZeros(row.text("Start") || row.text("start"));
  return `${start}/${row.text("Netblock") || row.text("Netmask") || "24"}`;
}
