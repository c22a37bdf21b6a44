import {
  type Interpret,
  isObject,
  type JsonObject,
  listOf,
  makeRecordFormat,
  type Statement,
} from "../shared/record/index.ts";
import { type Category, categoryOf, isCategory } from "./categories.ts";
import { planOf } from "./mappings.ts";

/** Types of events that say that something is listed no more: nothing was seen. */
const delistings = new Set(["bl-delist", "bl-expire"]);

/** An event is one observation for each of its addresses. */
const interpret: Interpret = (event) => {
  if (typeof event["type"] === "string" && delistings.has(event["type"])) return [];
  const found = categoryOf(event["category"]);
  if (event["fqdn"] === "unknown") delete event["fqdn"];
  const plan = planOf(found, typeof event["dip"] === "string");
  const kind = kindOf(found, event);
  const addresses = listOf(event["address"]);
  if (addresses.length < 2) return [{ kind, record: addAddress(event, addresses[0]), plan }];
  return addresses.map((address): Statement => {
    return { kind, record: addAddress({ ...event }, address), plan };
  });
};

/** Puts the members of an address beside those of the event, as `address.ip`, `address.cc`, `address.asn`. */
function addAddress(event: JsonObject, address: unknown): JsonObject {
  if (typeof address === "string") event["address.ip"] = address;
  else if (isObject(address)) for (const name in address) event[`address.${name}`] = address[name];
  return event;
}

/** A back door with a name or URL is one of a web site. */
function kindOf({ kind }: Category, event: JsonObject): Category["kind"] {
  const site = event["fqdn"] ?? event["url"];
  return kind === "system-compromise" && site !== undefined ? "web-backdoor" : kind;
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
