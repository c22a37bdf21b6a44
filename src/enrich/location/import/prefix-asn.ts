import { emptyAddress } from "../../../core/network/index.ts";
import { prefixSpan } from "../../shared/prefix.ts";
import { readAddress, readAsn, readNumber, readPrefix } from "./fields.ts";
import type { Imported, ReadTableLine } from "./imported.ts";

const SPACE = 32;
const COMMENT = new Set([35, 59]);

/**
 * Routing tables reduced to prefix and origin: pyasn (`192.0.2.0/24<TAB>64496`, comments with `;`) and CAIDA RouteViews
 * prefix2as (`192.0.2.0<TAB>24<TAB>64496`). A prefix with several origins (`64496_64497,64498`) goes to the first.
 */
export function prefixAsn(into: Imported): ReadTableLine {
  const address = emptyAddress();
  const words: [number, number][] = [];
  return (bytes, from, to) => {
    if (from === to || COMMENT.has(bytes[from]!)) return "skipped";
    splitBlanks(bytes, from, to, words);
    const [first, second, third] = words;
    if (first === undefined || second === undefined) return "columns-missing";
    const inOne = bytes.subarray(first[0], first[1]).includes(47);
    const origin = inOne ? second : third;
    if (origin === undefined) return "columns-missing";
    const span = inOne
      ? readPrefix(bytes, first[0], first[1])
      : readAddress(bytes, first[0], first[1], address)
        ? prefixSpan(address, readNumber(bytes, second[0], second[1]))
        : undefined;
    if (span === undefined) return "not-a-range";
    const asn = readAsn(bytes, origin[0], origin[1]);
    if (asn <= 0) return "asn-malformed";
    into.asns.add(span.start, span.end, asn);
    return "taken";
  };
}

function splitBlanks(bytes: Buffer, from: number, to: number, words: [number, number][]): void {
  words.length = 0;
  for (let at = from; at < to && words.length < 3;) {
    while (at < to && bytes[at]! <= SPACE) at++;
    const start = at;
    while (at < to && bytes[at]! > SPACE) at++;
    if (at > start) words.push([start, at]);
  }
}
