import type { Lists } from "./scan.ts";

/** A JSON object as it was parsed. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object, and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of JSON text; `undefined` if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // RangeError: nested deeper than the engine goes. Neither is a value.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A value as a list: feeds write a list of one without its brackets. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** How deep objects are spread out; what lies deeper stays JSON text. */
const DEEPEST = 8;

/** The members of an object with those of the objects in it beside them, as `outer.inner`; of lists as {@link Lists} says. */
export function flatten(record: JsonObject, lists: Lists = "ones"): JsonObject {
  // Without prototype: a feed may call a member `__proto__`.
  const flat = Object.create(null) as JsonObject;
  addMembers(flat, "", record, lists === "ones" ? theOne : itemsOf, DEEPEST);
  return flat;
}

function addMembers(
  flat: JsonObject,
  before: string,
  from: JsonObject,
  open: (value: unknown) => unknown,
  depth: number,
): void {
  for (const [name, given] of Object.entries(from)) {
    const value = depth > 0 ? open(given) : given;
    if (isObject(value) && depth > 0) addMembers(flat, `${before}${name}.`, value, open, depth - 1);
    else flat[before + name] = value;
  }
}

function theOne(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && !Array.isArray(value[0])
    ? (value[0] as unknown)
    : value;
}

/** A list of objects as an object of them by their places. */
function itemsOf(value: unknown): unknown {
  return Array.isArray(value) && value.length > 0 && value.every(isObject) ? { ...value } : value;
}

/** Letter case, blanks and joints do not tell words apart: `Infected System` is `infected-system`. */
export function plainWord(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "-");
}
