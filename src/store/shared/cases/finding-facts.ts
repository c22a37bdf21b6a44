import type { Finding } from "../../../core/finding/index.ts";
import type { StoredKey } from "./tables.ts";

/** The members of a finding in the order in which they are stored. Written to disk: only ever add at the end. */
const FACTS = [
  "side",
  "kind",
  "family",
  "asset",
  "address",
  "host",
  "port",
  "protocol",
  "url",
  "country",
  "asn",
  "sector",
  "firstSeen",
  "lastSeen",
  "observations",
  "counterparts",
  "tlp",
  "confidence",
  "feeds",
] as const satisfies readonly Exclude<keyof Finding, "key">[];

/** A finding without its key as a JSON array: a half of what an object would take, and there may be millions. */
export function factsText(finding: Finding): string {
  return JSON.stringify(FACTS.map((fact) => finding[fact]));
}

/** Reads `factsText`. */
export function readFacts(key: string, text: string): Finding {
  const values = JSON.parse(text) as unknown[];
  const members = FACTS.map((fact, at) => [fact, values[at]] as const);
  return { key, ...Object.fromEntries(members) } as unknown as Finding;
}

/** A key of 16 hex digits as the signed number that it is stored as. */
export function storedKey(key: string): StoredKey {
  return BigInt.asIntN(64, BigInt(`0x${key}`));
}

/** The key of a stored number, read as text. */
export function keyOfStored(number: string): string {
  return BigInt.asUintN(64, BigInt(number)).toString(16).padStart(16, "0");
}
