import { type Fields, type Json, makeListFormat } from "../shared/list/index.ts";

/** CertStream (Cali Dog): certificates as they enter the logs of Certificate Transparency, one observation a name. */
export const calidog = makeListFormat({
  name: "calidog",
  title: "CertStream: names in new certificates, JSON",
  types: [
    {
      name: "calidog",
      json: { needs: ["message_type", "leaf_cert", "all_domains"] },
      mapping: {
        version: "calidog.1",
        fields: { time: "data.seen", host: "name" },
        kind: "other",
        subject: "origin",
        tlp: "clear",
        leaveOut: ["data.chain*", "data.leaf_cert.as_der", "data.leaf_cert.all_domains"],
      },
      rework: namesOf,
    },
  ],
});

function namesOf(fields: Fields, update?: Json): readonly Fields[] {
  const data = update?.["data"] as Json | undefined;
  const names = (data?.["leaf_cert"] as Json | undefined)?.["all_domains"];
  if (!Array.isArray(names) || names.length === 0) return [fields];
  return names.map((name) => ({ ...fields, name: String(name).replace(/^\*\./, "") }));
}
