import type { FeedFormat, Reading, Sample } from "../../app/ports.ts";
import {
  COMMA,
  type Header,
  LF,
  readHeader,
  RowScanner,
  shapes,
  unquote,
} from "../shared/csv/index.ts";
import { makeReading, openMapped } from "../shared/mapping/index.ts";
import { type FirstRow, typeByHeader } from "./by-header.ts";
import { typeByTag } from "./by-tag.ts";
import { isPlainWord, type NamedType, typeInName, typePrefix } from "./file-name.ts";
import { JsonReportReader, readMembers } from "./json-report.ts";
import { findType, hasAddress, type ReportType, unmappedType } from "./report-types.ts";

const name = "shadowserver";

const openRows = openMapped((type) => typeOf(type).mapping);

/** Reports of the Shadowserver Foundation. What a report type is stands in one table, `table.ts`. */
export const shadowserver: FeedFormat = {
  name,
  title: "Shadowserver reports of every type, new ones by the columns that all share",
  recognise(sample) {
    const named = typeInName(sample.name, (type) => findType(type) !== undefined);
    const members = named && readMembers(sample.head);
    if (members !== undefined) {
      const reading = byName(named!, members);
      return reading && { ...reading, whole: true };
    }
    const header = readHeader(sample.head, COMMA);
    if (header === undefined) return undefined;
    return named === undefined ? byHeader(header, sample) : byName(named, header);
  },
  lastly(sample) {
    const header = readHeader(sample.head, COMMA);
    return header && byTag(header, sample);
  },
  open: (reading) => (reading.whole ? new JsonReportReader(reading, openRows) : openRows(reading)),
  reported: ({ type }) => typeOf(type).mapping.reported ?? {},
};

function typeOf(type: string): ReportType {
  return findType(type) ?? unmappedType(type);
}

function byName({ type, dated }: NamedType, header: Header): Reading | undefined {
  const there = new Set(header.columns.map((column) => column.toLowerCase()));
  const found = typeOf(type);
  if (!hasAddress(found, there)) return undefined;
  const mapped = findType(type) !== undefined;
  const sure = dated ? mapped || typePrefix.test(type) : mapped && !isPlainWord(type);
  if (!sure && !tellsWhere(there)) return undefined;
  const reading = makeReading(name, found, header);
  return mapped ? reading : { ...reading, notes: [`unmapped type ${type}`] };
}

/** Whether the columns have Shadowserver's names for an address's network and country. */
function tellsWhere(there: ReadonlySet<string>): boolean {
  return ["", "src_"].some((side) => there.has(`${side}asn`) && there.has(`${side}geo`));
}

function byHeader(header: Header, sample: Sample): Reading | undefined {
  const fit = typeByHeader(header, firstRow(header, sample));
  if (fit === undefined) return undefined;
  const reading = makeReading(name, fit.type, header);
  if (fit.others.length === 0) return reading;
  const others = fit.others.map((type) => type.name).join(", ");
  const note = `read as ${fit.type.name}; the columns are those of ${others} too: keep the name that the report came with`;
  return { ...reading, notes: [...reading.notes, note] };
}

function byTag(header: Header, sample: Sample): Reading | undefined {
  const type = typeByTag(header, firstRow(header, sample));
  if (!type) return undefined;
  const reading = makeReading(name, type, header);
  const keep = "keep the name that the report came with";
  if (findType(type.name) === undefined)
    return { ...reading, notes: [`unmapped type ${type.name}; ${keep}`] };
  return {
    ...reading,
    notes: [
      ...reading.notes,
      `read as ${type.name} by the tag of its first row, or its columns; ${keep}`,
    ],
  };
}

function firstRow({ columns, skip }: Header, { head }: Sample): FirstRow {
  const text = Buffer.concat([head.subarray(skip.bytes), Uint8Array.of(LF)]);
  const scanner = new RowScanner(columns.length, COMMA);
  if (scanner.scan(text, 0, text.length) !== shapes.whole) return new Map();
  const { edges } = scanner;
  return new Map(
    columns.map((column, at) => [
      column.toLowerCase(),
      unquote(text, edges[at]! + 1, edges[at + 1]!),
    ]),
  );
}
