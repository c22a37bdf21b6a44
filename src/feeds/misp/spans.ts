import {
  elementsOf,
  isList,
  isObject,
  type Member,
  membersOf,
  type Span,
  topValues,
} from "../shared/document/index.ts";

/** An event's place, or that of what stands without one. */
export interface EventSpans {
  /** Absent: attributes and objects without their event. */
  readonly event?: Span;
  readonly attributes: readonly Span[];
  readonly objects: readonly Span[];
  /** Attributes that somebody has proposed, and reports in words. */
  readonly proposals: readonly Span[];
  readonly reports: readonly Span[];
}

const nothing: EventSpans = { attributes: [], objects: [], proposals: [], reports: [] };

/** The events of a document, and the attributes and objects that stand by themselves, whatever they are wrapped in. */
export function eventsIn(bytes: Uint8Array): EventSpans[] {
  return topValues(bytes).flatMap((value) => unwrap(bytes, value, 0));
}

const wrappers = ["response", "Event"];

/** `{"response": [{"Event": {...}}]}` and all shorter forms; `{"response": {"Attribute": [...]}}` is the answer to a search. */
function unwrap(bytes: Uint8Array, value: Span, depth: number): EventSpans[] {
  if (depth > 4) return [];
  if (isList(bytes, value))
    return elementsOf(bytes, value).flatMap((one) => unwrap(bytes, one, depth + 1));
  // What is no object is no event: it is refused as what it would be.
  if (!isObject(bytes, value)) return [{ ...nothing, attributes: [value] }];
  const members = membersOf(bytes, value);
  const inner = members.find(({ name }) => wrappers.includes(name));
  const bare = members.some(({ name }) => name === "value" || name === "object_relation");
  if (inner && !bare) return unwrap(bytes, inner.value, depth + 1);
  const own = new Set(members.map(({ name }) => name));
  if (own.has("value") || (own.has("type") && own.has("category")))
    return [{ ...nothing, attributes: [value] }];
  if (
    own.has("Attribute") &&
    (own.has("template_uuid") || own.has("meta-category") || own.has("ObjectReference"))
  )
    return [{ ...nothing, objects: [value] }];
  const held = {
    attributes: within(bytes, members, "Attribute"),
    objects: within(bytes, members, "Object"),
    proposals: within(bytes, members, "ShadowAttribute"),
    reports: within(bytes, members, "EventReport"),
  };
  const isEvent = own.has("uuid") || own.has("info");
  return [isEvent ? { event: value, ...held } : held];
}

function within(bytes: Uint8Array, members: readonly Member[], name: string): Span[] {
  const value = members.find((member) => member.name === name)?.value;
  if (!value) return [];
  return isList(bytes, value) ? elementsOf(bytes, value) : isObject(bytes, value) ? [value] : [];
}
