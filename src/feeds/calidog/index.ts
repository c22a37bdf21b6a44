import { makeListFormat } from "../shared/list/index.ts";

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
      rework: (update) => {
        const names = update.texts("data.leaf_cert.all_domains");
        return names.length === 0
          ? undefined
          : names.map((name) => ({ name: name.replace(/^\*\./, "") }));
      },
    },
  ],
});
