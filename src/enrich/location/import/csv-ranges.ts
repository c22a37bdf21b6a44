import { emptyAddress } from "../../../core/network/index.ts";
import { CsvCells } from "../../shared/csv-cells.ts";
import type { Span } from "../../shared/prefix.ts";
import { readAddress, readAsn, readCountry, readPrefix } from "./fields.ts";
import type { Imported, LineVerdict, ReadTableLine } from "./imported.ts";

/** Positions of the columns; -1 where the table has none. `end` is -1 where `start` holds a CIDR. */
interface Layout {
  start: number;
  end: number;
  country: number;
  asn: number;
}

/** Names that tables give their columns, the best name first. */
const COLUMN_NAMES: Readonly<Record<keyof Layout, readonly string[]>> = {
  start: [
    "start",
    "start_ip",
    "ip_from",
    "ip_range_start",
    "range_start",
    "ip_start",
    "network",
    "cidr",
    "prefix",
  ],
  end: ["end", "end_ip", "ip_to", "ip_range_end", "range_end", "ip_end"],
  country: ["country_code", "country_iso_code", "iso_code", "cc", "country"],
  asn: ["autonomous_system_number", "as_number", "asn"],
};

const SLASH = 47;
const HASH = 35;

/**
 * CSV with one range a line: `start,end` as addresses or numbers, or one CIDR, then a country code, an AS number, or both
 * (`192.0.2.0/24,CN`; `3221225984,3221226239,CN,64496,Example`). A header may name the columns in any order.
 */
export function csvRanges(into: Imported): ReadTableLine {
  const cells = new CsvCells(16);
  const between: Span = { start: emptyAddress(), end: emptyAddress() };
  let layout: Layout | undefined;
  let first = true;
  return (bytes, from, to) => {
    if (from === to || bytes[from] === HASH) return "skipped";
    cells.split(bytes, from, to);
    if (first) {
      first = false;
      layout = layoutOfHeader(bytes, cells);
      if (layout !== undefined) return "skipped";
    }
    const columns = layout ?? layoutOfRow(bytes, cells);
    if (columns === undefined) return "not-a-range";
    if (columns.country < 0 && columns.asn < 0) return "columns-missing";
    if (Math.max(...Object.values(columns)) >= cells.count) return "columns-missing";
    const span = readSpan(bytes, cells, columns, between);
    return span === undefined ? "not-a-range" : takeRow(into, bytes, cells, columns, span);
  };
}

function takeRow(
  into: Imported,
  bytes: Buffer,
  cells: CsvCells,
  columns: Layout,
  span: Span,
): LineVerdict {
  const { country: countryAt, asn: asnAt } = columns;
  const country =
    countryAt < 0 ? 0 : readCountry(bytes, cells.from[countryAt]!, cells.to[countryAt]!);
  if (country < 0) return "country-malformed";
  const asn = asnAt < 0 ? 0 : readAsn(bytes, cells.from[asnAt]!, cells.to[asnAt]!);
  if (asn < 0) return "asn-malformed";
  if (countryAt >= 0 && !into.countries.add(span.start, span.end, country))
    return "range-backwards";
  if (asn > 0 && !into.asns.add(span.start, span.end, asn)) return "range-backwards";
  return "taken";
}

function layoutOfHeader(bytes: Buffer, cells: CsvCells): Layout | undefined {
  const names = Array.from({ length: cells.count }, (_, cell) =>
    cells.text(bytes, cell).toLowerCase(),
  );
  const find = (column: keyof Layout): number =>
    COLUMN_NAMES[column].map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
  const layout = {
    start: find("start"),
    end: find("end"),
    country: find("country"),
    asn: find("asn"),
  };
  return layout.start < 0 ? undefined : layout;
}

/** Where a row without header has its columns: by what the cells hold. */
function layoutOfRow(bytes: Buffer, cells: CsvCells): Layout | undefined {
  const first = bytes.subarray(cells.from[0], cells.to[0]);
  const end = first.includes(SLASH) ? -1 : 1;
  const next = end + 1 === 0 ? 1 : 2;
  if (cells.count <= next) return undefined;
  const isAsn = (cell: number): boolean =>
    cell < cells.count &&
    cells.to[cell]! > cells.from[cell]! &&
    readAsn(bytes, cells.from[cell]!, cells.to[cell]!) > 0;
  if (isAsn(next)) return { start: 0, end, country: -1, asn: next };
  return { start: 0, end, country: next, asn: isAsn(next + 1) ? next + 1 : -1 };
}

/** The row's range, put into `between` where it has two ends. */
function readSpan(
  bytes: Buffer,
  cells: CsvCells,
  columns: Layout,
  between: Span,
): Span | undefined {
  const from = cells.from[columns.start]!;
  const to = cells.to[columns.start]!;
  if (columns.end < 0) return readPrefix(bytes, from, to);
  const both =
    readAddress(bytes, from, to, between.start) &&
    readAddress(bytes, cells.from[columns.end]!, cells.to[columns.end]!, between.end);
  return both && between.start.version === between.end.version ? between : undefined;
}
