import {
  flatten,
  type Interpret,
  type JsonObject,
  leniently,
  listOf,
  makeRecordFormat,
  type RecordMapping,
  RecordPlan,
  type Statement,
} from "../shared/record/index.ts";
import { categoryOf, ofSource } from "./categories.ts";
import { type Pair, pairsOf, type Party, partiesOf } from "./sides.ts";

const common = {
  seenAt: ["DetectTime", "EventTime", "CreateTime"],
  seenUntil: leniently("CeaseTime"),
  protocol: ["transport"],
  eventId: leniently("ID"),
  count: leniently("ConnCount"),
  confidence: leniently("percent"),
  tlp: leniently("TLP"),
} as const;

/** Members that the reader puts beside the event's own. */
const dropped = ["transport", "percent"];

const sourceIsOrigin = new RecordPlan({
  fields: {
    ...common,
    origin: ["Source.IP"],
    originPort: leniently("Source.Port"),
    originHost: leniently("Source.Hostname"),
    victim: leniently("Target.IP"),
    victimPort: leniently("Target.Port"),
    victimHost: leniently("Target.Hostname"),
    url: leniently("Source.URL", "Target.URL"),
  },
  urlOf: "origin",
  victimMembers: "Target.",
  dropped,
});

const sourceIsVictim: RecordMapping = {
  fields: {
    ...common,
    victim: ["Source.IP"],
    victimPort: leniently("Source.Port"),
    victimHost: leniently("Source.Hostname"),
    origin: leniently("Target.IP"),
    originPort: leniently("Target.Port"),
    originHost: leniently("Target.Hostname"),
    url: leniently("Target.URL", "Source.URL"),
  },
  urlOf: "origin",
  victimMembers: "Source.",
  dropped,
};

const plans = { origin: sourceIsOrigin, victim: new RecordPlan(sourceIsVictim) };

/** The protocols of transport among the words of a `Proto`. */
const transports = new Set(["tcp", "udp", "icmp", "icmp6", "ipv6-icmp", "sctp", "gre", "dccp"]);

const interpret: Interpret = (event) => {
  const names = listOf(event["Category"]).filter((name) => typeof name === "string");
  const category = categoryOf(names);
  const { Source, Target, ...rest } = event;
  const members = flatten(rest);
  return pairsOf(partiesOf(Source), partiesOf(Target)).map((pair): Statement => {
    const [source] = pair;
    const hasUrl = source !== undefined && source.url !== "";
    const { kind, source: side } = ofSource(category, source?.types ?? [], hasUrl);
    return { kind, record: recordOf(event, members, pair), plan: plans[side] };
  });
};

function recordOf(event: JsonObject, members: JsonObject, [source, target]: Pair): JsonObject {
  const record: JsonObject = { ...members };
  addParty(record, "Source.", source);
  addParty(record, "Target.", target);
  const words = [...(source?.protocols ?? []), ...(target?.protocols ?? [])];
  record["transport"] = words.find((word) => transports.has(word.toLowerCase()));
  // IDEA says it as a fraction.
  if (typeof event["Confidence"] === "number") record["percent"] = 100 * event["Confidence"];
  return record;
}

function addParty(record: JsonObject, before: string, party: Party | undefined): void {
  for (const [name, value] of Object.entries(flatten(party?.members ?? {})))
    record[before + name] = value;
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
