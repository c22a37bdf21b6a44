import { type Facts, makeListFormat } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";

/** What Shodan's crawlers met at a port: the host is the one that stands open, unless it was found to control malware. */
export const shodan = makeListFormat({
  name: "shodan",
  title: "Shodan: banners, one JSON object a line",
  types: [
    {
      name: "shodan",
      json: { needs: ["ip_str", "port", "timestamp"] },
      mapping: {
        version: "shodan.1",
        fields: {
          time: "timestamp",
          address: ["ip_str", "ipv6"],
          port: "port",
          host: ["hostname", "domain"],
          protocol: "transport",
          family: "malware",
          eventId: ["_shodan.id", "_id"],
        },
        kind: {
          columns: ["found"],
          rules: [{ word: "c2", whole: true, kind: "c2-server" }],
          otherwise: "other",
        },
        subject: "by-kind",
        roles: { other: "victim" },
        reported: { asn: "asn", country: "location.country_code" },
        tlp: "amber",
        leaveOut: ["http.html", "found", "hostname", "domain", "malware"],
      },
      rework: (banner) => [
        {
          hostname: banner.firstText("hostnames"),
          domain: banner.firstText("domains"),
          ...controls(banner),
        },
      ],
    },
  ],
});

/** A server that Shodan knows to control malware, and which. */
function controls(banner: Members): Facts | undefined {
  const tagged = banner.texts("tags").some((tag) => /^(?:c2|malware)$/i.test(tag));
  const words = `${banner.text("_shodan.module")} ${banner.text("category")}`;
  if (!tagged && !/\bmalware\b|cobalt-strike/i.test(words)) return undefined;
  return { found: "c2", malware: banner.text("product") };
}
