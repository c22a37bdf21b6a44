import { addressFromText, type AddressWords } from "../../../core/network/index.ts";
import { prefixSpan, type Span } from "../../shared/prefix.ts";
import { readCountry } from "./fields.ts";
import type { Imported, LineVerdict, ReadTableLine } from "./imported.ts";

const IN_USE = new Set(["allocated", "assigned"]);
const KINDS = new Set(["ipv4", "ipv6", "asn"]);

/**
 * The statistics files of the regional Internet registries, plain or extended:
 * `registry|cc|type|start|value|date|status[|...]`. Only space that is allocated or assigned is taken; with `until`
 * (`YYYYMMDD`) only what was so by the end of that day. AS number records locate no address and are skipped.
 */
export function rirDelegated(into: Imported, until = "99999999"): ReadTableLine {
  return (bytes, from, to) => {
    if (from === to || bytes[from] === 35) return "skipped";
    const cells = bytes.toString("latin1", from, to).split("|");
    if (/^\d/.test(cells[0]!)) return takeHeader(into, cells);
    if (cells.length >= 6 && cells[5] === "summary") return "skipped";
    if (cells.length < 7 || !KINDS.has(cells[2]!)) return "record-malformed";
    if (cells[2] === "asn" || !IN_USE.has(cells[6]!) || cells[5]! > until) return "skipped";
    const code = Buffer.from(cells[1]!, "latin1");
    const country = readCountry(code, 0, code.length);
    if (country < 0) return "country-malformed";
    const span = spanOf(cells[2]!, cells[3]!, cells[4]!);
    if (span === undefined) return "not-a-range";
    into.countries.add(span.start, span.end, country);
    return "taken";
  };
}

/** `version|registry|serial|records|startdate|enddate|UTCoffset`; the end date is the table's day. */
function takeHeader(into: Imported, cells: readonly string[]): LineVerdict {
  const end = /^(\d{4})(\d\d)(\d\d)$/.exec(cells[5] ?? "");
  if (end === null) return "record-malformed";
  into.date = `${end[1]}-${end[2]}-${end[3]}`;
  return "skipped";
}

/** IPv4 records count addresses (not always a power of two); IPv6 records hold a prefix length. */
function spanOf(kind: string, start: string, value: string): Span | undefined {
  const address = addressFromText(start);
  if (address === undefined || !/^\d{1,10}$/.test(value)) return undefined;
  if (kind === "ipv6")
    return address.version === 6 ? prefixSpan(address, Number(value)) : undefined;
  const last = address.w3 + Number(value) - 1;
  if (address.version !== 4 || last > 0xffffffff || last < address.w3) return undefined;
  const end: AddressWords = { ...address, w3: last };
  return { start: address, end };
}
