/** Reading values of JSON that may be anything. */

/** An object as JSON has it: nothing is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own member of an object, whatever it is. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The object that a member is; an empty one if it is none. */
export function objectIn(object: JsonObject, name: string): JsonObject {
  const value = own(object, name);
  return isJsonObject(value) ? value : {};
}

/** The text of a member, trimmed; numbers are written out. `""` if it has none. */
export function textIn(object: JsonObject, name: string): string {
  const value = own(object, name);
  if (typeof value === "string") return value.trim();
  return typeof value === "number" ? String(value) : "";
}

/** The elements of a member; one that is no array counts as its only element. */
export function listIn(object: JsonObject, name: string): readonly unknown[] {
  const value = own(object, name);
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The texts in a member that is an array, or one text. */
export function textsIn(object: JsonObject, name: string): string[] {
  return listIn(object, name).filter((value) => typeof value === "string");
}

/** The objects in a member that is an array, or one object. */
export function objectsIn(object: JsonObject, name: string): JsonObject[] {
  return listIn(object, name).filter(isJsonObject);
}

/** The whole number that a value is or writes out; `undefined` if it is none from `least` to `most`. */
export function wholeNumber(value: unknown, least: number, most: number): number | undefined {
  if (typeof value === "string" && !/^\s*\d{1,15}\s*$/.test(value)) return undefined;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) return undefined;
  return number >= least && number <= most ? number : undefined;
}

const LONGEST = 4096;

/** A value as it goes into `extra`: text as it is, all else as JSON, long ones cut; `""` for what says nothing. */
export function extraText(value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  if (Array.isArray(value) && value.length === 0) return "";
  if (typeof value === "string") return value.slice(0, LONGEST);
  const text = jsonOf(value);
  return text === "{}" ? "" : text.slice(0, LONGEST);
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // It is nested too deeply to be written.
    return "";
  }
}

/** What an object says besides the members named: for `extra`, under the feed's own names. */
export function othersOf(
  object: JsonObject,
  taken: ReadonlySet<string>,
  prefix = "",
): Record<string, string> {
  const others: Record<string, string> = {};
  for (const [name, value] of Object.entries(object)) {
    if (taken.has(name)) continue;
    const text = extraText(value);
    if (text !== "") others[prefix + name] = text;
  }
  return others;
}
