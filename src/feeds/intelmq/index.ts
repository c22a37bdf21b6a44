import {
  flatten,
  type Interpret,
  isObject,
  type JsonObject,
  makeRecordFormat,
  plainWord,
  type RecordPlan,
} from "../shared/record/index.ts";
import { type Classification, classify } from "./classifications.ts";
import { plans } from "./mappings.ts";

/** Members of which an event has at least one, if its output was flat. */
const telling = [
  "classification.type",
  "classification.taxonomy",
  "source.ip",
  "source.fqdn",
  "source.url",
  "source.network",
];

/** Members in which the words stand that tell a back door of a web site from other compromises. */
const backdoorMembers = [
  "classification.identifier",
  "malware.name",
  "extra.tag",
  "extra.category",
  "extra.infection",
];

/** Kinds of events whose destination, where it stands alone, is the bad host. */
const hostKinds = new Set(["malware-distribution", "c2-server", "malware-configuration"]);

const interpret: Interpret = (given) => {
  const record = spread(given);
  if (record["__type"] === "Report") return "field-invalid";
  const classification = classify(record["classification.type"], record["classification.taxonomy"]);
  const kind = isBackdoor(classification, record) ? "web-backdoor" : classification.kind;
  return [{ kind, record, plan: planOf(classification, record) }];
};

/** Members in members side by side, with the object, or the JSON text, that older outputs have for `extra`. */
function spread(given: JsonObject): JsonObject {
  const { extra } = given;
  if (typeof extra !== "string") return flatten(given);
  try {
    const members: unknown = JSON.parse(extra);
    return flatten(isObject(members) ? { ...given, extra: members } : given);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return flatten(given);
    throw error;
  }
}

function isBackdoor({ kind }: Classification, record: JsonObject): boolean {
  if (kind !== "system-compromise" && kind !== "application-compromise") return false;
  return backdoorMembers.some((name) => {
    const value = record[name];
    return typeof value === "string" && /web-?shell|backdoor/.test(plainWord(value));
  });
}

function planOf({ kind, source }: Classification, record: JsonObject): RecordPlan {
  if (source === "victim") return kind === "infected-system" ? plans.bot : plans.victim;
  const named = record["source.ip"] ?? record["source.fqdn"] ?? record["source.url"];
  return named === undefined && hostKinds.has(kind) ? plans.destinationOnly : plans.origin;
}

/** Events of IntelMQ, one a line: flat, with dotted names, or each level an object. */
export const intelmq = makeRecordFormat({
  name: "intelmq",
  title: "IntelMQ events as JSON",
  version: "intelmq.event.1",
  tlp: "amber",
  fits(given) {
    if (given["__type"] === "Event") return true;
    const record = flatten(given);
    if (record["__type"] === "Report") return false;
    const timed = ["time.source", "time.observation", "feed.name", "raw"].some(
      (name) => record[name] !== undefined,
    );
    return timed && telling.some((name) => record[name] !== undefined);
  },
  interpret,
  reported: (extra) => {
    const { source } = classify(
      extra?.["classification.type"] ?? "infected-system",
      extra?.["classification.taxonomy"],
    );
    const [victim, origin] =
      source === "victim" ? ["source", "destination"] : ["destination", "source"];
    return {
      victimAsn: `${victim}.asn`,
      victimCountry: `${victim}.geolocation.cc`,
      originAsn: `${origin}.asn`,
      originCountry: `${origin}.geolocation.cc`,
    };
  },
});
