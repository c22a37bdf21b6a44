import type { FieldName } from "../shared/mapping/index.ts";
import { leniently, type MemberSource, type RecordMapping } from "../shared/record/index.ts";
import type { Category } from "./categories.ts";

type Fields = Partial<Record<FieldName, readonly string[] | MemberSource>>;

const common: Fields = {
  seenAt: ["time"],
  seenUntil: leniently("until"),
  protocol: ["proto"],
  url: leniently("url"),
  eventId: leniently("id"),
  count: leniently("count"),
  confidence: leniently("confidence"),
  tlp: leniently("restriction"),
};

/** n6 says in three words how sure it is; the numbers are those that STIX 2.1 (appendix A) gives such words. */
const confidence = new Map([
  ["low", "15"],
  ["medium", "50"],
  ["high", "85"],
]);

/** Whom n6 may show an event to. `internal` events do not leave it. */
const tlp = new Map([
  ["public", "clear"],
  ["need-to-know", "amber"],
  ["internal", "amber+strict"],
]);

const words = { confidence, tlp };
/** Spread out by address; taken for the id. */
const dropped = ["address", "tocsin.id", "tocsin.event_id"];

/** By who the address is: the fields of both sides. A bot's host name and URL are those that it called. */
const sides: Readonly<Record<Category["address"], { fields: Fields; urlOf: "victim" | "origin" }>> =
  {
    "client-victim": {
      fields: {
        victim: ["address.ip"],
        victimPort: leniently("sport"),
        victimHost: leniently("address.rdns"),
        origin: leniently("dip"),
        originPort: leniently("dport"),
        originHost: leniently("fqdn"),
      },
      urlOf: "origin",
    },
    "server-victim": {
      fields: {
        victim: ["address.ip"],
        victimPort: leniently("dport", "sport"),
        victimHost: leniently("fqdn", "address.rdns"),
      },
      urlOf: "victim",
    },
    "client-origin": {
      fields: {
        origin: ["address.ip"],
        originPort: leniently("sport"),
        originHost: leniently("fqdn", "address.rdns"),
        victim: leniently("dip"),
        victimPort: leniently("dport"),
      },
      urlOf: "origin",
    },
    "server-origin": {
      fields: {
        origin: ["address.ip"],
        originPort: leniently("dport", "sport"),
        originHost: leniently("fqdn", "address.rdns"),
      },
      urlOf: "origin",
    },
  };

/** A server that the event shows with somebody who called it, or was called by it. */
const servers: Readonly<Partial<Record<Category["address"], Fields>>> = {
  "server-victim": {
    victimPort: leniently("sport"),
    origin: leniently("dip"),
    originPort: leniently("dport"),
  },
  "server-origin": {
    originPort: leniently("sport"),
    victim: leniently("dip"),
    victimPort: leniently("dport"),
  },
};

const mappings = new Map<Category, { alone: RecordMapping; paired: RecordMapping }>();

/** The mapping of events of a category; `paired` if the event names a second address. */
export function mappingOf(category: Category, paired: boolean): RecordMapping {
  let both = mappings.get(category);
  if (both === undefined) {
    const { address, malware } = category;
    both = {
      alone: makeMapping(address, malware, false),
      paired: makeMapping(address, malware, true),
    };
    mappings.set(category, both);
  }
  return paired ? both.paired : both.alone;
}

function makeMapping(
  address: Category["address"],
  malware: boolean,
  paired: boolean,
): RecordMapping {
  const { fields, urlOf } = sides[address];
  return {
    fields: {
      ...common,
      ...(malware ? { family: leniently("name") } : {}),
      ...fields,
      ...(paired ? servers[address] : {}),
    },
    urlOf,
    words,
    ...(address.endsWith("victim") ? { victimMembers: "address." } : {}),
    dropped,
  };
}
