import { allKinds } from "../../core/taxonomy/index.ts";
import type { KindRules } from "../shared/mapping/index.ts";
import type { Facts, ListType, RecordMapping } from "../shared/list/index.ts";
import type { Members } from "../shared/record/index.ts";
import type { Column, CsvMapping, OneColumn } from "./csv-mapping.ts";
import { isOffset, offsetMinutes } from "./to-mapping.ts";

/** Fields that are of a host, by the side that the configuration names them for. */
const sided = {
  address: "",
  port: "Port",
  host: "Host",
} as const;

/** The list type that an operator's configuration means, where it asks for more than columns by name with ISO times. */
export function toListType(config: CsvMapping, version: string): ListType {
  const { name, delimiter, header, columns, skipLines, comments, each } = config;
  return {
    name,
    mapping: toRecordMapping(config, version),
    text: {
      delimiter,
      comments: comments ?? [],
      ...(skipLines ? { skipLines } : {}),
      ...(Array.isArray(header) ? { columns: header as readonly string[] } : {}),
      ...(header === false ? { numbered: true } : {}),
      header: header === "comment" ? "comment" : "row",
      needs: Object.values(columns).flatMap((column) => names(column).slice(0, 1)),
    },
    ...(each ? { rework: (row) => split(row, nameOf(each.column), each.separator) } : {}),
  };
}

/** The name of a column: one by number has its name from its place. */
export function nameOf(column: OneColumn): string {
  return typeof column === "number" ? `#${column}` : column.toLowerCase();
}

function names(column: Column): string[] {
  return [column].flat().map((one) => nameOf(one as OneColumn));
}

/** The side that has a column is the subject; the victim, if both have: a URL is one of its own host. */
function toRecordMapping(config: CsvMapping, version: string): RecordMapping {
  const { columns, tlp, timeZone, dates, nothing, always } = config;
  const hasVictim = columns.victim ?? columns.victimHost ?? columns.victimIndicator;
  const subject = hasVictim === undefined ? "origin" : "victim";
  const peer = subject === "victim" ? "origin" : "victim";
  const { time, until, protocol, family, url, eventId, count, confidence, tlp: label } = columns;
  const fields = {
    time,
    until,
    protocol,
    family,
    url,
    eventId,
    count,
    confidence,
    tlp: label,
    ...Object.fromEntries(
      Object.entries(sided).flatMap(([field, suffix]) => [
        [field, columns[`${subject}${suffix}`]],
        [`peer${field[0]!.toUpperCase()}${field.slice(1)}`, columns[`${peer}${suffix}`]],
      ]),
    ),
    indicator: columns[`${subject}Indicator`],
    peer: columns[`${peer}Indicator`],
  };
  return {
    version,
    subject,
    kind: toKind(config),
    tlp,
    fields: present(fields, names),
    reported: present(
      {
        asn: columns[`${subject}Asn`],
        country: columns[`${subject}Country`],
        peerAsn: columns[`${peer}Asn`],
        peerCountry: columns[`${peer}Country`],
      },
      nameOf,
    ),
    ...(isOffset(timeZone) ? { offsetMinutes: offsetMinutes(timeZone) } : { zone: timeZone }),
    ...(dates ? { dateOrder: dates } : {}),
    ...(nothing ? { nothing } : {}),
    ...(always ? { always } : {}),
    undated: time === undefined,
    strict: true,
  };
}

function present<In, Out>(
  record: Readonly<Record<string, In | undefined>>,
  make: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, make(value)]],
    ),
  );
}

function toKind({ kind, columns }: CsvMapping): RecordMapping["kind"] {
  if (columns.kind === undefined) return typeof kind === "string" ? kind : noKind;
  if (typeof kind === "string")
    return {
      columns: names(columns.kind),
      rules: allKinds.map((word) => ({ word, whole: true, kind: word })),
      otherwise: kind,
    };
  const { "*": otherwise, ...words } = kind;
  return {
    columns: names(columns.kind),
    rules: Object.entries(words).map(([word, of]) => ({ word, whole: true, kind: of })),
    ...(otherwise ? { otherwise } : {}),
  };
}

const noKind: KindRules = { columns: [], rules: [] };

function split(row: Members, wanted: string, separator: string): readonly Facts[] | undefined {
  const column = row.namesUnder("").find((name) => name.toLowerCase() === wanted) ?? wanted;
  const values = row.text(column).split(separator);
  const told = values.map((value) => value.trim()).filter((value) => value !== "");
  return told.length < 2 ? undefined : told.map((value) => ({ [column]: value }));
}
