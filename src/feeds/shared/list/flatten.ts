import type { Json } from "./list-type.ts";
import type { Fields } from "./record-mapping.ts";

const DEEPEST = 8;

/**
 * The members of an object by their paths: `{"a":{"b":1},"c":[{"d":2}],"e":["x"]}` has `a.b`, `c.0.d` and `e`, the list as
 * JSON. What says nothing (null, an empty list or text) is left out.
 */
export function flatten(object: Json): Fields {
  const fields: Fields = {};
  addMembers(fields, "", object, 0);
  return fields;
}

function addMembers(fields: Fields, prefix: string, object: Json, depth: number): void {
  for (const member in object) add(fields, prefix + member, object[member], depth);
}

function add(fields: Fields, path: string, value: unknown, depth: number): void {
  if (typeof value === "string") {
    if (value !== "") fields[path] = value;
  } else if (typeof value === "number" || typeof value === "boolean") fields[path] = `${value}`;
  else if (typeof value !== "object" || value === null) return;
  else if (Array.isArray(value)) addList(fields, path, value, depth);
  else if (depth < DEEPEST) addMembers(fields, `${path}.`, value as Json, depth + 1);
  else fields[path] = JSON.stringify(value);
}

function addList(fields: Fields, path: string, list: readonly unknown[], depth: number): void {
  const told = list.filter((value) => value !== null && value !== "");
  if (told.length === 0) return;
  if (depth < DEEPEST && told.every((value) => typeof value === "object"))
    list.forEach((value, at) => add(fields, `${path}.${at}`, value, depth + 1));
  else fields[path] = JSON.stringify(list);
}
