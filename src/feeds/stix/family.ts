import { type JsonObject, textIn } from "../shared/document/index.ts";
import { readTags } from "../shared/labels/index.ts";
import type { StixContext } from "./context.ts";

const programs = new Set(["malware", "tool"]);
const between = new Set(
  (
    "infrastructure indicator observed-data ipv4-addr ipv6-addr domain-name url " +
    "network-traffic"
  ).split(" "),
);
const speaksOf = /^(?!derived-from|duplicate-of|mitigates|remediates|investigates|targets)/;

/**
 * The family of an object: the malicious program that it is linked with, directly or over a piece of infrastructure or an observable; else what
 * its labels say. Not over a campaign or a group: they use many.
 */
export function familyOf(
  object: JsonObject,
  labels: readonly string[],
  context: StixContext,
): string {
  const id = textIn(object, "id");
  const near = programOf(id, context);
  if (near) return textIn(near, "name");
  for (const other of context.linked(id, between, speaksOf)) {
    const far = programOf(textIn(other, "id"), context);
    if (far) return textIn(far, "name");
  }
  return readTags(labels).family ?? "";
}

/** The program that an object is linked with: a family of malware rather than a tool. */
export function programOf(id: string, context: StixContext): JsonObject | undefined {
  const found = context
    .linked(id, programs, speaksOf)
    .filter((program) => textIn(program, "name") !== "");
  return found.find((program) => textIn(program, "type") === "malware") ?? found[0];
}
