import { type RecordPlan, keeping } from "./plan.ts";
import type { JsonObject } from "./json.ts";

/** The members that no field took, as two JSON objects of texts; `""` for an object without a member. */
export interface ExtraTexts {
  extra: string;
  victimExtra: string;
}

/** Writes the members of a record that filled no field. `taken`: per place of the plan, 1 if its member filled one. */
export function writeExtra(
  record: JsonObject,
  plan: RecordPlan,
  taken: Uint8Array,
  into: ExtraTexts,
): void {
  let extra = "";
  let victimExtra = "";
  for (const name in record) {
    const { key, place, keep } = plan.member(name);
    if (keep === keeping.dropped || (place >= 0 && taken[place] === 1)) continue;
    const text = jsonText(record[name]);
    if (text === "") continue;
    if (keep === keeping.extra) extra += `${extra === "" ? "{" : ","}${key}${text}`;
    else victimExtra += `${victimExtra === "" ? "{" : ","}${key}${text}`;
  }
  into.extra = extra === "" ? "" : `${extra}}`;
  into.victimExtra = victimExtra === "" ? "" : `${victimExtra}}`;
}

/** A value as a JSON string: a text as it is, a number or a list as its JSON; `""` if there is nothing in it. */
function jsonText(value: unknown): string {
  if (typeof value === "string") return value === "" ? "" : JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean") return `"${value}"`;
  return isEmpty(value) ? "" : JSON.stringify(JSON.stringify(value));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  for (const _ in value as object) return false;
  return true;
}
