import {
  type Interpret,
  isObject,
  type JsonObject,
  listOf,
  makeRecordFormat,
  type Members,
  type Statement,
} from "../shared/record/index.ts";
import { type Category, categoryOf, isCategory } from "./categories.ts";
import { mappingOf } from "./mappings.ts";

/** Types of events that say that something is listed no more: nothing was seen. */
const delistings = new Set(["bl-delist", "bl-expire"]);

/** An event is one observation for each of its addresses. */
const interpret: Interpret = (event) => {
  if (delistings.has(event.text("type"))) return { skipped: "withdrawn" };
  const category = categoryOf(event.text("category"));
  const mapping = mappingOf(category, event.has("dip"));
  const kind = kindOf(category, event);
  const facts: JsonObject = {};
  if (event.text("fqdn") === "unknown") facts["fqdn"] = undefined;
  // An export of ours made the id, as n6 must have one.
  if (event.text("tocsin.id") === "made") facts["id"] = event.get("tocsin.event_id");
  if (!event.has("address")) return [{ kind, mapping, facts }];
  return listOf(event.get("address")).map((address): Statement => {
    return { kind, mapping, facts: { ...facts, ...membersOf(address) } };
  });
};

/** The members of one of several addresses, as those of the only one are named: `address.ip`, `address.cc`, `address.asn`. */
function membersOf(address: unknown): JsonObject {
  if (!isObject(address)) return { "address.ip": address };
  return Object.fromEntries(
    Object.entries(address).map(([name, value]) => [`address.${name}`, value]),
  );
}

/** A back door with a name or URL is one of a web site. */
function kindOf({ kind }: Category, event: Members): Category["kind"] {
  if (kind !== "system-compromise") return kind;
  return event.has("fqdn") || event.has("url") ? "web-backdoor" : kind;
}

/** Members that an event of n6 has besides its time and its category. */
const telling = ["address", "fqdn", "url", "dip", "adip", "md5", "sha1", "name", "id", "source"];

/** Events of n6 (CERT Polska): the REST API's JSON and sjson, and the Stream API's messages. */
export const n6 = makeRecordFormat({
  name: "n6",
  title: "n6 events as JSON: REST API (json, sjson) and Stream API",
  version: "n6.event.1",
  tlp: "amber",
  fits: (event) =>
    typeof event["time"] === "string" &&
    (isCategory(event["category"]) ||
      (typeof event["category"] === "string" && typeof event["restriction"] === "string")) &&
    telling.some((name) => event[name] !== undefined),
  interpret,
  reported: (extra) => {
    const side = categoryOf(extra?.["category"]).address.endsWith("victim") ? "victim" : "origin";
    return side === "victim"
      ? { victimAsn: "address.asn", victimCountry: "address.cc" }
      : { originAsn: "address.asn", originCountry: "address.cc" };
  },
});
