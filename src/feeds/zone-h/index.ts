import { type Facts, makeListFormat, type RecordMapping } from "../shared/list/index.ts";
import { withPages } from "../shared/page/index.ts";
import type { Members } from "../shared/record/index.ts";

const mapping: RecordMapping = {
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
};

/** Zone-H: defaced web sites. The site is the victim; who did it is a name and no address. */
export const zoneH = withPages(
  makeListFormat({
    name: "zone-h",
    title: "Zone-H: defaced web sites, CSV, RSS, and the table of the archive in HTML",
    types: [
      {
        name: "zone-h",
        text: { needs: ["add_date", "domain", "attacker"] },
        mapping,
        rework: (row) => splitDomain(row, "domain"),
      },
      {
        name: "zone-h-rss",
        says: /zone-?h|notified by/i,
        text: { needs: ["title", "pubdate", "link"], header: "row" },
        mapping: {
          ...mapping,
          version: "zone-h-rss.1",
          fields: { time: "pubDate", url: "site", host: "domain", eventId: "guid" },
        },
        rework: splitTitle,
      },
      {
        name: "zone-h-archive",
        text: { needs: ["date", "notifier", "domain"], header: "row" },
        mapping: {
          ...mapping,
          version: "zone-h-archive.1",
          fields: {
            time: ["Time", "Date"],
            address: ["IP", "IP address"],
            url: "url",
            host: "Domain",
          },
          dateOrder: "day-first",
        },
        rework: (row) => splitDomain(row, "Domain"),
      },
    ],
  }),
);

/** The column of the domain has a URL, often without scheme, of which the page cuts what is too long for it. */
function splitDomain(row: Members, column: string): readonly Facts[] | undefined {
  const site = row.text(column);
  if (!site.includes("/")) return undefined;
  return [{ url: site.includes("://") ? site : `http://${site}`, [column]: undefined }];
}

/** `http://www.example.org/x.html notified by Some Crew` */
function splitTitle(row: Members): readonly Facts[] {
  const [, named = "", attacker = ""] =
    /^(.*?)\s+notified by\s+(.*)$/i.exec(row.text("title")) ?? [];
  const site = named || row.text("title");
  const url = site.includes("://") ? site : `http://${site}`;
  return [
    { ...(site.includes("/") ? { site: url } : { domain: site }), attacker, title: undefined },
  ];
}
