import { CR, LF } from "./ascii.ts";

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Makes `""` of every `\"` that ends no cell in the row `[from, to)`, line end and all; false if there is none. The row
 * keeps its length.
 */
export function doubleEscapedQuotes(
  block: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
): boolean {
  let changed = false;
  for (let at = from; at < to - 2; at++) {
    if (block[at] !== BACKSLASH || block[at + 1] !== QUOTE) continue;
    const next = block[at + 2];
    if (next === delimiter || next === LF || next === CR) continue;
    block[at++] = QUOTE;
    changed = true;
  }
  return changed;
}
