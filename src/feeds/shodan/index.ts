import { type Fields, makeListFormat } from "../shared/list/index.ts";

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
      rework: (fields, banner) => [
        Object.assign(fields, {
          hostname: first(banner?.["hostnames"]),
          domain: first(banner?.["domains"]),
          ...controls(fields),
        }),
      ],
    },
  ],
});

/** A server that Shodan knows to control malware, and which. */
function controls(fields: Fields): Fields {
  const words = `${fields["tags"] ?? ""} ${fields["_shodan.module"] ?? ""} ${fields["category"] ?? ""}`;
  if (!/"(?:c2|malware)"|\bmalware\b|cobalt-strike/i.test(words)) return {};
  return { found: "c2", malware: fields["product"] ?? "" };
}

function first(list: unknown): string {
  return Array.isArray(list) ? String(list[0] ?? "") : "";
}
