import { makeListFormat } from "../shared/list/index.ts";

/** The warning list of CERT Polska: names of sites that phish. */
export const certPl = makeListFormat({
  name: "cert-pl",
  title: "CERT Polska warning list: names of phishing sites, tab-separated",
  types: [
    {
      name: "shield",
      text: {
        delimiter: "\t",
        columns: ["id", "domain", "added", "removed"],
        looks: { id: /^\d+$/, domain: /\./, added: /^\d{4}-\d{2}-\d{2}T/ },
        ragged: true,
      },
      mapping: {
        version: "cert-pl.shield.1",
        fields: { time: "added", until: "removed", host: "domain" },
        kind: "phishing",
        subject: "origin",
        tlp: "clear",
        // Files from before 2025 name no offset: their times are those of Warsaw.
        zone: "Europe/Warsaw",
      },
    },
    {
      name: "shield-json",
      json: { needs: ["RegisterPositionId", "DomainAddress", "InsertDate"] },
      mapping: {
        version: "cert-pl.shield-json.1",
        fields: { time: "InsertDate", until: "DeleteDate", host: "DomainAddress" },
        kind: "phishing",
        subject: "origin",
        tlp: "clear",
        // Files from before 2025 name no offset: their times are those of Warsaw.
        zone: "Europe/Warsaw",
      },
    },
  ],
});
