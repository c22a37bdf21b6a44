import type { Sample } from "../../app/ports.ts";
import {
  ElementReader,
  elementsOf,
  isList,
  membersOf,
  type Span,
  topValues,
} from "../shared/document/index.ts";

const id = /^([a-z][a-z0-9-]+)--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a file is a STIX bundle, the envelope of a TAXII server, an array of objects, or one object. It may be cut off. */
export function isStix({ head }: Sample): boolean {
  const elements = new ElementReader(head, 1);
  const [top] = topValues(head);
  if (!top) return false;
  const first = isList(head, top) ? elementsOf(head, top)[0] : top;
  return first !== undefined && (isStixObject(elements, first) || isEnvelope(elements, first));
}

/** Whether the value has the type and the id of a STIX object: both begin alike. */
function isStixObject(elements: ElementReader, span: Span): boolean {
  const texts = new Map(
    membersOf(elements.bytes, span).map(({ name, value }) => [name, value] as const),
  );
  const [type, name] = ["type", "id"].map((member) => {
    const value = texts.get(member);
    return value ? elements.peekValue(value) : undefined;
  });
  const ofId = typeof name === "string" ? id.exec(name)?.[1] : undefined;
  // The type may stand behind the objects of a bundle, and so be cut off; its id may be one of an old maker.
  if (type === undefined) return ofId === "bundle";
  return ofId === type || (type === "bundle" && texts.has("objects"));
}

/** An envelope has `objects`, and `more` or `next`; that of an empty collection has `more` alone. */
function isEnvelope(elements: ElementReader, span: Span): boolean {
  const { bytes } = elements;
  const members = membersOf(bytes, span);
  const objects = members.find(({ name }) => name === "objects")?.value;
  if (!objects) return members.length > 0 && members.every(({ name }) => name === "more");
  const [first] = elementsOf(bytes, objects);
  return first === undefined
    ? members.every(({ name }) => ["more", "next", "objects"].includes(name))
    : isStixObject(elements, first);
}
