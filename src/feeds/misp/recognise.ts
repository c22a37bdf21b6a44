import type { Sample } from "../../app/ports.ts";
import { elementsOf, isList, membersOf, type Span, topValues } from "../shared/document/index.ts";

/** Whether a file is an event of MISP, or several, or what a search answers. A feed's manifest lists events and holds none. */
export function isMisp({ head }: Sample): boolean {
  const [top] = topValues(head);
  return top !== undefined && looksLikeMisp(head, top, 0);
}

function looksLikeMisp(head: Uint8Array, value: Span, depth: number): boolean {
  if (depth > 4) return false;
  if (isList(head, value)) {
    const [first] = elementsOf(head, value);
    return first !== undefined && looksLikeMisp(head, first, depth + 1);
  }
  const members = membersOf(head, value);
  const names = new Set(members.map(({ name }) => name));
  const within = members.find(({ name }) => name === "response" || name === "Event")?.value;
  if (within && names.size <= 3) {
    // The answer to a search that found nothing.
    if (names.has("response") && isList(head, within) && elementsOf(head, within).length === 0)
      return true;
    return looksLikeMisp(head, within, depth + 1);
  }
  return isEvent(names) || isAttribute(names) || (names.has("Attribute") && names.size === 1);
}

function isEvent(names: ReadonlySet<string>): boolean {
  const holds = ["Attribute", "Object", "Orgc", "threat_level_id", "analysis"].filter((name) =>
    names.has(name),
  );
  return names.has("info") && holds.length >= 2;
}

function isAttribute(names: ReadonlySet<string>): boolean {
  return ["type", "category", "value", "to_ids"].every((name) => names.has(name));
}
