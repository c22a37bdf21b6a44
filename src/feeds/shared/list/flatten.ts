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
  for (const member in object)
    add(fields, prefix === "" ? member : pathOf(prefix, member), object[member], depth);
}

/** Paths that were made before: to make one, and to find its property, costs more than to read the member. */
const paths = new Map<string, Map<string, string>>();
const MOST_PATHS = 1024;

function pathOf(prefix: string, member: string): string {
  let under = paths.get(prefix);
  if (under === undefined) {
    under = new Map();
    if (paths.size < MOST_PATHS) paths.set(prefix, under);
  }
  let path = under.get(member);
  if (path === undefined) {
    path = prefix + member;
    if (under.size < MOST_PATHS) under.set(member, path);
  }
  return path;
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
