import { makeListFormat } from "../shared/list/index.ts";
import type { JsonObject } from "../shared/record/index.ts";

/** What an address does, in the words of the reputation list, and what an indicator is of, in those of OTX. */
const activities = [
  { word: "C&C", kind: "c2-server" },
  { word: "Scanning", kind: "scanner" },
  { word: "Spamming", kind: "spam" },
  { word: "Malware", kind: "malware-distribution" },
  { word: "APT", kind: "other" },
  { word: "Malicious Host", kind: "infected-system" },
] as const;

/** AlienVault: the reputation list, and pulses of the Open Threat Exchange. */
export const alienvault = makeListFormat({
  name: "alienvault",
  title: "AlienVault: the IP reputation list, and OTX pulses as JSON",
  types: [
    {
      name: "reputation",
      text: {
        delimiter: "#",
        columns: [
          "address",
          "reliability",
          "risk",
          "activity",
          "country",
          "city",
          "coordinates",
          "id",
        ],
        looks: { address: /^[\d.]+$/, reliability: /^\d+$/, risk: /^\d+$/, activity: /[a-z]/i },
        comments: ["# "],
        ragged: true,
      },
      mapping: {
        version: "alienvault.reputation.1",
        fields: { address: "address" },
        kind: { columns: ["activity"], rules: activities, otherwise: "other" },
        subject: "by-kind",
        reported: { country: "country" },
        tlp: "clear",
        undated: true,
      },
      rework: (row) =>
        row
          .text("activity")
          .split(";")
          .map((activity) => ({ activity })),
    },
    {
      name: "otx",
      hostless: {
        column: "type",
        looks: /^(filehash|filepath|email|cve|yara|mutex|ja3|bitcoin|sslcert)/i,
      },
      json: { needs: ["indicators", "indicator", "author_name"], records: indicatorsOf },
      mapping: {
        version: "alienvault.otx.1",
        fields: { time: ["created", "pulse_created"], indicator: "indicator", tlp: "TLP" },
        kind: "other",
        subject: "origin",
        tlp: "green",
      },
    },
  ],
});

/** The indicators of a pulse, or of the pulses of an answer, each with what the pulse says of all. */
function indicatorsOf(document: JsonObject): readonly JsonObject[] {
  const { results } = document;
  const pulses = Array.isArray(results) ? (results as JsonObject[]) : [document];
  return pulses.flatMap((pulse) => {
    const list = Array.isArray(pulse["indicators"]) ? (pulse["indicators"] as JsonObject[]) : [];
    return list.map((indicator) => ({
      ...told(indicator, ["indicator", "type", "created", "role", "title"]),
      pulse: text(pulse["name"]),
      pulse_key: text(pulse["id"]),
      pulse_created: text(pulse["created"]),
      author: text(pulse["author_name"]),
      adversary: text(pulse["adversary"]),
      tags: text(pulse["tags"]),
      TLP: text(pulse["TLP"] ?? pulse["tlp"]),
    }));
  });
}

function told(object: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(members.map((member) => [member, text(object[member])]));
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length > 0 ? JSON.stringify(value) : "";
  return typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
}
