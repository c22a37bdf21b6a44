import {
  flatten,
  type Interpret,
  isObject,
  type JsonObject,
  makeRecordFormat,
  type Members,
  parseJson,
  plainWord,
  type RecordMapping,
} from "../shared/record/index.ts";
import { type Classification, classify } from "./classifications.ts";
import { mappings } from "./mappings.ts";
import { ownStatement } from "./own-export.ts";

/** Members that name the source. */
const sourceMembers = ["source.ip", "source.fqdn", "source.url", "source.network"];

/** Members that name a host. */
const hostMembers = [
  "source.ip",
  "source.fqdn",
  "source.url",
  "destination.ip",
  "destination.fqdn",
  "destination.url",
];

/** Members that name a file. */
const hashMembers = ["", ".md5", ".sha1", ".sha256"].map((name) => `malware.hash${name}`);

/** Members of which an event has at least one, if its output was flat. */
const telling = ["classification.type", "classification.taxonomy", ...sourceMembers];

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

const interpret: Interpret = (record) => {
  if (record.text("__type") === "Report") return "field-invalid";
  const own = ownStatement(record);
  if (own) return [own];
  if (isOfFile(record)) return { skipped: "names-no-host" };
  const classification = classify(
    record.text("classification.type"),
    record.text("classification.taxonomy"),
  );
  const kind = isBackdoor(classification, record) ? "web-backdoor" : classification.kind;
  const mapping = mappingOf(classification, record);
  const facts = spreadExtra(record) ?? listedName(classification, record);
  return [facts === undefined ? { kind, mapping } : { kind, mapping, facts }];
};

/** Whether the event is about a file, and names no host, network or account by which one could be found. */
function isOfFile(record: Members): boolean {
  if (!hashMembers.some((name) => record.has(name))) return false;
  return (
    record.namesUnder("source.").length === 0 && record.namesUnder("destination.").length === 0
  );
}

/** The members of `extra` where an output has it as JSON text, as those to databases have. */
function spreadExtra(record: Members): JsonObject | undefined {
  const text = record.text("extra");
  if (text === "") return undefined;
  const members = parseJson(text);
  return isObject(members) ? { ...flatten({ extra: members }), extra: undefined } : undefined;
}

/** Where an event lists a whole network or AS as an origin, that is the origin's name: see decision 28. */
function listedName({ source }: Classification, record: Members): JsonObject | undefined {
  if (source === "victim" || hostMembers.some((name) => record.has(name))) return undefined;
  const network = record.text("source.network");
  if (/\/(?:32|128)$/.test(network)) return { "source.ip": network };
  if (network !== "") return { "source.fqdn": network, "source.network": undefined };
  const asn = record.text("source.asn");
  return asn === "" ? undefined : { "source.fqdn": `AS${asn}` };
}

function isBackdoor({ kind }: Classification, record: Members): boolean {
  if (kind !== "system-compromise" && kind !== "application-compromise") return false;
  return backdoorMembers.some((name) => /web-?shell|backdoor/.test(plainWord(record.text(name))));
}

function mappingOf({ kind, source }: Classification, record: Members): RecordMapping {
  if (source === "victim")
    return kind === "infected-system" ? mappings.bot : mappings.sourceIsVictim;
  return hostKinds.has(kind) && !sourceMembers.some((name) => record.has(name))
    ? mappings.destinationOnly
    : mappings.sourceIsOrigin;
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
    const row = extra ?? { "classification.type": "infected-system" };
    const { source } = classify(row["classification.type"], row["classification.taxonomy"]);
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
