import { encodeText, lastCode, utf8Bytes } from "../observation/index.ts";
import type { Finding } from "./finding.ts";

/** The key of a finding: 64 bits in hex, of what it is and of nothing that changes. */
export function findingKey(finding: Pick<Finding, "side" | "kind" | "family" | "asset">): string {
  const { side, kind, family, asset } = finding;
  // No field but the last can hold a line feed.
  const bytes = utf8Bytes([side, kind, asset, family].join("\n"));
  encodeText(bytes, 0, bytes.length);
  return hex(lastCode.hi) + hex(lastCode.lo);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
