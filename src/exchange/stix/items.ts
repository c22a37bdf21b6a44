import type { ItemWriter, Statement } from "../../app/case-ports.ts";
import type { ObservationRecord } from "../../app/ports.ts";
import type { RedactedItem } from "../../core/alert/index.ts";
import { BundleWriter } from "./bundle.ts";

/** The items of a message as one STIX 2.1 bundle: an origin is an indicator, a victim observed data. */
export const itemStix: ItemWriter = {
  format: "stix",
  ending: "stix.json",
  type: "application/stix+json;version=2.1",
  write(statement) {
    const writer = new BundleWriter();
    const { text } = writer.write(statement.items.map((item) => recordOf(item, statement)));
    return `${writer.begin()}${text}${writer.end()}`;
  },
};

/** An item in the form of an observation: what has no place in it is not in the bundle. */
function recordOf(item: RedactedItem, { ticket }: Statement): ObservationRecord {
  const isOrigin = item.side === "origin";
  const here = {
    address: item.address,
    port: item.port,
    host: item.host,
    country: item.country,
    asn: item.asn,
  };
  const nobody = { address: "", port: 0, host: "", country: "", asn: 0 };
  const victim = isOrigin ? nobody : here;
  const origin = isOrigin ? here : nobody;
  return {
    seenAt: item.firstSeen,
    seenUntil: item.lastSeen,
    kind: item.kind,
    family: item.family,
    victim: victim.address,
    victimPort: victim.port,
    victimHost: victim.host,
    victimCountry: victim.country,
    victimAsn: victim.asn,
    origin: origin.address,
    originPort: origin.port,
    originHost: origin.host,
    originCountry: origin.country,
    originAsn: origin.asn,
    protocol: item.protocol,
    url: item.url,
    sector: "",
    count: item.observations,
    confidence: item.confidence,
    tlp: item.tlp,
    eventId: ticket,
    feed: "tocsin",
    file: "",
    line: 0,
    identity: [ticket, item.side, item.kind, item.family, item.asset].join(" "),
    extra: "",
  };
}
