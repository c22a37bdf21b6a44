/**
 * Objects that an export of Tocsin wrote (`exchange/misp`): attributes whose relation begins with `tocsin-` say what kind of
 * observation it is and which end is the victim, so nothing is guessed in them.
 */
import type { Tlp } from "../../core/marking/index.ts";
import { isKind } from "../../core/taxonomy/index.ts";
import {
  firstMoment,
  type Found,
  isJsonObject,
  type JsonObject,
  own,
  type Place,
  readMoment,
  textIn,
  wholeNumber,
} from "../shared/document/index.ts";
import { type EventFacts, factsOf, nearest } from "./event.ts";

const MOST_TIMES = 0xffffffff;

/** What such an object asserts; `undefined` if it is none. */
export function ownObject(
  object: JsonObject,
  attributes: readonly JsonObject[],
  event: EventFacts,
  tlp: Tlp,
): Found | undefined {
  const values = new Map(
    attributes.map((attribute) => [textIn(attribute, "object_relation"), own(attribute, "value")]),
  );
  const text = (relation: string): string => {
    const value = values.get(relation) ?? "";
    return typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
  };
  const kind = text("tocsin-kind");
  if (!isKind(kind)) return undefined;
  const victimEnd = text("tocsin-victim-end") === "dst" ? "dst" : "src";
  const side = (end: string): Place => {
    const port = wholeNumber(text(`${end}-port`), 1, 65_535);
    return {
      address: text(`ip-${end}`),
      ...(text(`hostname-${end}`) === "" ? {} : { host: text(`hostname-${end}`) }),
      ...(port === undefined ? {} : { port }),
    };
  };
  const { extra, facts } = saidOf(text("tocsin-extra"), object, attributes);
  return {
    kind,
    seenAt: firstMoment(text("first-packet-seen"), object["first_seen"]),
    seenUntil: readMoment(text("tocsin-seen-until")),
    victim: side(victimEnd),
    origin: side(victimEnd === "src" ? "dst" : "src"),
    protocol: text("tocsin-protocol") || text("layer4-protocol"),
    family: exact(text("tocsin-family")),
    url: text("url"),
    eventId: exact(text("tocsin-event-id")),
    count: wholeNumber(text("tocsin-count"), 1, MOST_TIMES),
    confidence: wholeNumber(text("tocsin-confidence"), 0, 100),
    tlp: nearest(facts, event).tlp ?? tlp,
    extra: { "tocsin.feed": text("tocsin-feed"), ...extra },
  };
}

function saidOf(
  json: string,
  object: JsonObject,
  attributes: readonly JsonObject[],
): { extra: Record<string, string>; facts: EventFacts | object } {
  const members = parse(json);
  const texts = Object.entries(isJsonObject(members) ? members : {}).filter(
    (member): member is [string, string] => typeof member[1] === "string",
  );
  return {
    extra: Object.fromEntries(texts),
    facts: nearest(...[object, ...attributes].map(factsOf)),
  };
}

/** A text that has blanks around it stands there as JSON. */
function exact(text: string): string {
  const value = text.startsWith('"') ? parse(text) : text;
  return typeof value === "string" ? value : text;
}

function parse(json: string): unknown {
  try {
    return json === "" ? undefined : (JSON.parse(json) as unknown);
  } catch {
    // Somebody has changed it; the text as it is says as much.
    return undefined;
  }
}
