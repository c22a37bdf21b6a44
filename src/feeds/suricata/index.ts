import {
  firstText,
  flatten,
  type Interpret,
  isObject,
  type JsonObject,
  listOf,
  makeRecordFormat,
} from "../shared/record/index.ts";
import { isNameQuery, markedVictim, other, serverOf } from "./ends.ts";
import { planOf } from "./mappings.ts";
import { judge } from "./rules.ts";

/** An alert is an observation; flows, queries, statistics and the like are none. */
const interpret: Interpret = (event) => {
  if (event["event_type"] !== "alert") return [];
  const record = flatten(event);
  const { kind, victim } = judge(
    firstText(record["alert.signature"]),
    firstText(record["alert.category"]),
    firstText(record["alert.metadata.attack_target"]),
  );
  const server = serverOf(record);
  const hit = markedVictim(record) ?? (victim === "server" ? server : other(server));
  addMembers(record);
  return [{ kind, record, plan: planOf(hit, server, isNameQuery(record, server)) }];
};

/** Puts beside the event's own members those that are to be found deeper, or made of two. */
function addMembers(record: JsonObject): void {
  record["family"] = firstText(record["alert.metadata.malware_family"]);
  record["confidence"] = firstText(record["alert.metadata.confidence"]);
  record["query"] = record["dns.rrname"] ?? queried(record["dns.query"]);
  // One flow may set off several rules in the same moment: these are as many events.
  record["event"] = [record["flow_id"], record["alert.signature_id"]]
    .filter((part) => typeof part === "number" || typeof part === "string")
    .join("-");
}

/** The first name in the questions of a DNS message, in any of the forms that versions of EVE have. */
function queried(query: unknown): string {
  const first = listOf(query)[0];
  return isObject(first) ? firstText(first["rrname"]) : "";
}

/** Suricata's EVE JSON, one event a line, also behind a syslog header. */
export const suricata = makeRecordFormat({
  name: "suricata",
  title: "alerts of Suricata as EVE JSON, also from syslog",
  version: "suricata.eve.1",
  tlp: "amber",
  fits: (event) =>
    typeof event["event_type"] === "string" && typeof event["timestamp"] === "string",
  interpret,
});
