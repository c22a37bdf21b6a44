import { type Facts, makeListFormat } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

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
      rework: splitDomain,
    },
  ],
});

/** The column `domain` has a URL, often without scheme. */
function splitDomain(row: Members): readonly Facts[] | undefined {
  const site = row.text("domain");
  if (!site.includes("/")) return undefined;
  return [{ url: site.includes("://") ? site : `http://${site}`, domain: undefined }];
}
