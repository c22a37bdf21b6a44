import { type Fields, makeListFormat } from "../shared/list/index.ts";

/** Zone-H: defaced web sites. The site is the victim; who did it is a name and no address. */
export const zoneH = makeListFormat({
  name: "zone-h",
  title: "Zone-H: defaced web sites, CSV",
  types: [
    {
      name: "zone-h",
      text: { needs: ["add_date", "domain", "attacker"] },
      mapping: {
        version: "zone-h.1",
        fields: {
          time: ["add_date", "accept_date"],
          address: "ip_address",
          url: "url",
          host: "domain",
          eventId: "defacement_id",
        },
        kind: "unauthorised-information-modification",
        subject: "victim",
        reported: { country: "country_code" },
        tlp: "amber",
      },
      rework: (fields) => [splitDomain(fields)],
    },
  ],
});

/** The column `domain` has a URL, often without scheme. */
function splitDomain(fields: Fields): Fields {
  const site = fields["domain"] ?? "";
  if (!site.includes("/")) return fields;
  return { ...fields, url: site.includes("://") ? site : `http://${site}`, domain: "" };
}
