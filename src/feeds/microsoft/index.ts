import { makeListFormat } from "../shared/list/index.ts";
import { isObject, type Members, parseJson } from "../shared/record/index.ts";

const confidence = { low: 20, medium: 60, high: 100 };

/** The Digital Crimes Unit's bots, and the pages that Bing found malicious. */
export const microsoft = makeListFormat({
  name: "microsoft",
  title: "Microsoft: CTIP bots (Interflow and Azure) and Bing malicious URLs, JSON",
  types: [
    {
      name: "ctip-azure",
      json: { needs: ["DataFeed", "SourceIp", "DateTimeReceivedUtc"] },
      mapping: {
        version: "microsoft.ctip-azure.1",
        fields: {
          time: ["DateTimeReceivedUtc", "DateTimeReceivedUtcTxt"],
          address: "SourceIp",
          port: "SourcePort",
          peerAddress: "DestinationIp",
          peerPort: "DestinationPort",
          peerHost: ["HttpInfo.HttpHost", "domain"],
          family: ["ThreatCode", "Malware"],
          confidence: "ThreatConfidence",
          count: "TotalEncounters",
          tlp: "tlp",
        },
        kind: "infected-system",
        subject: "victim",
        confidence,
        reported: {
          asn: "SourceIpInfo.SourceIpAsnNumber",
          country: "SourceIpInfo.SourceIpCountryCode",
        },
        tlp: "amber",
        leaveOut: ["tlp", "domain"],
      },
      rework: (bot) => [{ domain: nameInPayload(bot), tlp: yellowIsAmber(bot.text("TLP")) }],
    },
    {
      name: "ctip",
      json: { needs: ["networksourceipv[46]", "indicatorthreattype"] },
      mapping: {
        version: "microsoft.ctip.1",
        fields: {
          time: ["firstreporteddatetime", "lastreporteddatetime"],
          address: ["networksourceipv4", "networksourceipv6"],
          port: "networksourceport",
          peerAddress: ["networkdestinationipv4", "networkdestinationipv6"],
          peerPort: "networkdestinationport",
          peerHost: "hostname",
          family: "externalid",
          confidence: "confidence",
          tlp: "tlplevel",
        },
        kind: "infected-system",
        subject: "victim",
        reported: { asn: "networksourceasn", peerAsn: "networkdestinationasn" },
        tlp: "amber",
      },
    },
    {
      name: "bing",
      json: { needs: ["IndicatorThreatType", "FirstReportedDateTime", "Url"] },
      mapping: {
        version: "microsoft.bing.1",
        fields: {
          time: ["FirstReportedDateTime", "LastReportedDateTime"],
          address: ["NetworkDestinationIPv4", "NetworkDestinationIPv6"],
          port: "NetworkDestinationPort",
          url: "Url",
          tlp: "TLPLevel",
        },
        kind: {
          columns: ["IndicatorThreatType"],
          rules: [
            { word: "phish", kind: "phishing" },
            { word: "c2", whole: true, kind: "c2-server" },
          ],
          otherwise: "other",
        },
        subject: "origin",
        reported: { asn: "NetworkDestinationAsn", country: "country" },
        tlp: "amber",
      },
      rework: (page) => [{ country: countryIn(page) }],
    },
  ],
});

function yellowIsAmber(tlp: string): string {
  return tlp.toLowerCase() === "yellow" ? "amber" : tlp;
}

/** `["at"]`: the country that a page is meant for or lies in. */
function countryIn(page: Members): string | undefined {
  const [first = ""] = page.texts("Tags");
  return /^[a-z]{2}$/i.test(first) ? first.toUpperCase() : undefined;
}

/** The name that the bot asked for stands in the payload of some sinkholes: JSON in base64. */
function nameInPayload(bot: Members): string | undefined {
  const payload = bot.text("Payload");
  if (payload === "") return undefined;
  const json = parseJson(Buffer.from(payload, "base64").toString());
  const domain = isObject(json) ? json["domain"] : undefined;
  return typeof domain === "string" ? domain : undefined;
}
