import {
  type Interpret,
  type JsonObject,
  leniently,
  makeRecordFormat,
  type Members,
  type RecordMapping,
  type Statement,
} from "../shared/record/index.ts";
import { categoryOf, ofSource } from "./categories.ts";
import { noParty, type Pair, pairsOf, partiesOf } from "./sides.ts";

const common = {
  seenAt: ["DetectTime", "EventTime", "CreateTime"],
  seenUntil: leniently("CeaseTime"),
  protocol: ["transport"],
  eventId: leniently("ID"),
  count: leniently("ConnCount"),
  confidence: leniently("percent"),
  tlp: leniently("TLP"),
} as const;

/** Spread out by party, and the members that are put beside the event's own. */
const dropped = ["Source", "Target", "transport", "percent"];

const sourceIsOrigin: RecordMapping = {
  fields: {
    ...common,
    origin: ["Source.IP4", "Source.IP6", "Source.IP"],
    originPort: leniently("Source.Port"),
    originHost: leniently("Source.Hostname"),
    victim: leniently("Target.IP4", "Target.IP6", "Target.IP"),
    victimPort: leniently("Target.Port"),
    victimHost: leniently("Target.Hostname"),
    url: leniently("Source.URL", "Target.URL"),
  },
  urlOf: "origin",
  victimMembers: "Target.",
  dropped,
};

const sourceIsVictim: RecordMapping = {
  fields: {
    ...common,
    victim: ["Source.IP4", "Source.IP6", "Source.IP"],
    victimPort: leniently("Source.Port"),
    victimHost: leniently("Source.Hostname"),
    origin: leniently("Target.IP4", "Target.IP6", "Target.IP"),
    originPort: leniently("Target.Port"),
    originHost: leniently("Target.Hostname"),
    url: leniently("Target.URL", "Source.URL"),
  },
  urlOf: "origin",
  victimMembers: "Source.",
  dropped,
};

const mappings = { origin: sourceIsOrigin, victim: sourceIsVictim };

/** The protocols of transport among the words of a `Proto`. */
const transports = new Set(["tcp", "udp", "icmp", "icmp6", "ipv6-icmp", "sctp", "gre", "dccp"]);

const interpret: Interpret = (event) => {
  const category = categoryOf(event.texts("Category"));
  const pairs = pairsOf(partiesOf(event, "Source"), partiesOf(event, "Target"));
  return pairs.map(([source, target]): Statement => {
    const { kind, source: side } = ofSource(category, source?.types ?? [], source?.hasUrl ?? false);
    return { kind, mapping: mappings[side], facts: factsOf(event, [source, target]) };
  });
};

function factsOf(event: Members, [source, target]: Pair): JsonObject {
  const facts: JsonObject = {
    ...(source?.facts ?? noParty(event, "Source")),
    ...(target?.facts ?? noParty(event, "Target")),
  };
  const words = [...(source?.protocols ?? []), ...(target?.protocols ?? [])];
  const transport = words.find((word) => transports.has(word.toLowerCase()));
  if (transport !== undefined) facts["transport"] = transport;
  // IDEA says it as a fraction.
  const confidence = event.get("Confidence");
  if (typeof confidence === "number") facts["percent"] = 100 * confidence;
  return facts;
}

/** Events of IDEA0 (CESNET's Warden): one a line, or a list. */
export const idea = makeRecordFormat({
  name: "idea",
  title: "IDEA0 events as JSON (Warden)",
  version: "idea.0.1",
  tlp: "amber",
  fits: (event) =>
    (typeof event["Format"] === "string" && event["Format"].startsWith("IDEA")) ||
    (event["DetectTime"] !== undefined && Array.isArray(event["Category"])),
  interpret,
});
