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

/** The first text of a value that is a text or a list of them. */
export function firstText(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : "";
}

/** A value as a list: feeds write a list of one without its brackets. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** How deep objects are spread out; what lies deeper stays JSON text. */
const DEEPEST = 8;

/**
 * The members of an object with those of the objects in it beside them, as `outer.inner`. An object that has no object in it
 * is given back as it is.
 */
export function flatten(record: JsonObject): JsonObject {
  for (const name in record) if (isObject(record[name])) return spread(record);
  return record;
}

function spread(record: JsonObject): JsonObject {
  // Without prototype: a feed may call a member `__proto__`.
  const flat = Object.create(null) as JsonObject;
  addMembers(flat, "", record, DEEPEST);
  return flat;
}

function addMembers(flat: JsonObject, before: string, from: JsonObject, depth: number): void {
  for (const [name, value] of Object.entries(from))
    if (isObject(value) && depth > 0) addMembers(flat, `${before}${name}.`, value, depth - 1);
    else flat[before + name] = value;
}

/** Letter case, blanks and joints do not tell words apart: `Infected System` is `infected-system`. */
export function plainWord(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "-");
}
