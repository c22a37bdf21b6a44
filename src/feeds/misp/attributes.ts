import type { Tlp } from "../../core/marking/index.ts";
import type { SkipReason } from "../../core/observation/index.ts";
import {
  firstMoment,
  type Found,
  type JsonObject,
  objectsIn,
  othersOf,
  textIn,
} from "../shared/document/index.ts";
import { isVictimKind } from "../shared/labels/index.ts";
import { isHostType, type Named, readNamed } from "./attribute-value.ts";
import { type EventFacts, factsOf, nearest, tagsOf } from "./event.ts";
import { flowsOf, sidesOf } from "./flows.ts";
import { kindOfAttribute } from "./kind.ts";
import { ownObject } from "./own-export.ts";

const taken = new Set(
  (
    "id event_id object_id uuid type value value1 value2 timestamp first_seen last_seen deleted distribution " +
    "sharing_group_id disable_correlation Tag Galaxy ShadowAttribute SharingGroup Sighting Attribute " +
    "ObjectReference template_uuid template_version RelatedAttribute Event object_relation data"
  ).split(" "),
);

/** What an element asserts, or why nothing. */
export type Assertions = readonly Found[] | SkipReason;

/** What an attribute that stands by itself asserts. */
export function readAttribute(attribute: JsonObject, event: EventFacts, tlp: Tlp): Assertions {
  if (isDeleted(attribute)) return "withdrawn";
  if (isReference(attribute)) return "reference";
  const named = namedIn(attribute);
  // An attribute of such a type with nothing in it is a mistake, for which the row is refused.
  if (!named?.place && !(namesHost(attribute) && textIn(attribute, "value") === ""))
    return "names-no-host";
  const found = describe(attribute, [attribute], named?.end ?? "at", event, tlp);
  const victim = isVictimKind(found.kind) || textIn(attribute, "type") === "target-machine";
  return [{ ...found, [victim ? "victim" : "origin"]: named?.place, ...urlOf(named) }];
}

/** What an object asserts: its attributes together tell of hosts, names, ports and times. */
export function readObject(object: JsonObject, event: EventFacts, tlp: Tlp): Assertions {
  if (isDeleted(object)) return "withdrawn";
  const attributes = objectsIn(object, "Attribute").filter((attribute) => !isDeleted(attribute));
  const ours = ownObject(object, attributes, event, tlp);
  if (ours) return [ours];
  const named = attributes.map(namedIn).filter((one) => one !== undefined);
  const flows = flowsOf(named);
  if (flows.length === 0) return "names-no-host";
  return flows.map((flow) => {
    const end = flow.to ? "to" : "from";
    const found = describe(object, attributes, flow.from && !flow.to ? "from" : end, event, tlp);
    return { ...found, ...details(attributes), ...sidesOf(flow, found.kind) };
  });
}

function namedIn(attribute: JsonObject): Named | undefined {
  const value = textIn(attribute, "value");
  if (value === "") return undefined;
  return readNamed(textIn(attribute, "type"), textIn(attribute, "object_relation"), value);
}

type Described = Omit<Found, "origin" | "victim" | "url" | "protocol">;

/** What `element` and its attributes say of kind, family and time. */
function describe(
  element: JsonObject,
  attributes: readonly JsonObject[],
  end: Named["end"],
  event: EventFacts,
  tlp: Tlp,
): Described {
  const parts = element === attributes[0] ? attributes : [element, ...attributes];
  const own = nearest(...parts.map(factsOf));
  const all = nearest(own, event);
  const [first] = attributes;
  const kind = kindOfAttribute({
    tagged: own.kind,
    ofEvent: event.kind,
    words: [textIn(element, "name"), ...parts.map((part) => textIn(part, "comment"))],
    info: event.info,
    category: textIn(first ?? element, "category"),
    context: !event.flagless && attributes.every(isContext),
    from: end === "from",
  });
  const timed = (name: string): unknown[] => parts.map((part) => part[name]);
  const tags = parts.flatMap(tagsOf);
  return {
    kind,
    seenAt: firstMoment(
      ...timed("first_seen"),
      ...inRelation(attributes, /^(first-(packet-)?seen|time\.source)$/),
      textIn(element, "timestamp"),
      event.timestamp,
      event.date,
    ),
    seenUntil: firstMoment(
      ...timed("last_seen"),
      ...inRelation(attributes, /^last-(packet-)?seen$/),
    ),
    family: all.family ?? "",
    eventId: textIn(element, "uuid"),
    tlp: all.tlp ?? tlp,
    extra: {
      ...event.extra,
      ...othersOf(element, taken),
      ...(tags.length > 0 && { Tag: JSON.stringify(tags) }),
      ...(element === first ? {} : relationsOf(attributes)),
    },
  };
}

/** The values of an object's attributes in a relation. */
function inRelation(attributes: readonly JsonObject[], relation: RegExp): string[] {
  return attributes
    .filter((attribute) => relation.test(textIn(attribute, "object_relation")))
    .map((attribute) => textIn(attribute, "value"));
}

const ownField = /^((first|last)-(packet-)?seen|layer4-protocol)$/;

/** The attributes that fields do not take, under their relation. */
function relationsOf(attributes: readonly JsonObject[]): Record<string, string> {
  const others = attributes.filter(
    (attribute) => !namedIn(attribute) && !ownField.test(textIn(attribute, "object_relation")),
  );
  return Object.fromEntries(
    others.map((attribute) => [
      textIn(attribute, "object_relation") || textIn(attribute, "type"),
      textIn(attribute, "value").slice(0, 4096),
    ]),
  );
}

/** What objects of connections say besides their ends. */
function details(attributes: readonly JsonObject[]): Pick<Found, "protocol" | "count"> {
  const [protocol] = inRelation(
    attributes,
    /^(layer4-protocol|protocol|ip-protocol-number|protocol\.transport)$/,
  );
  const count = Number(inRelation(attributes, /^(count|flow-count|event_count)$/)[0]);
  return {
    ...(protocol === undefined ? {} : { protocol }),
    ...(Number.isInteger(count) && count > 0 && count < 2 ** 32 ? { count } : {}),
  };
}

function urlOf(named: Named | undefined): Pick<Found, "url"> {
  return named?.url === undefined ? {} : { url: named.url };
}

function namesHost(attribute: JsonObject): boolean {
  return isHostType(textIn(attribute, "type"));
}

/** A URL at which one can read more, and no sign of anything. */
function isReference(attribute: JsonObject): boolean {
  const about = /^(external analysis|internal reference)$/i.test(textIn(attribute, "category"));
  return about && textIn(attribute, "type") === "url" && !isIndicator(attribute);
}

function isIndicator(attribute: JsonObject): boolean {
  const { to_ids: toIds } = attribute;
  return toIds === true || toIds === 1 || toIds === "1" || toIds === "true";
}

/** Its publisher says that it is no indicator; one that says nothing of it may be. */
function isContext(attribute: JsonObject): boolean {
  const { to_ids: toIds } = attribute;
  return toIds !== undefined && toIds !== null && !isIndicator(attribute);
}

function isDeleted(element: JsonObject): boolean {
  const { deleted } = element;
  return deleted === true || deleted === 1 || deleted === "1";
}
