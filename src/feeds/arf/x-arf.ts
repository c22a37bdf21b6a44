import { parseTlp, type Tlp } from "../../core/marking/index.ts";
import { reportKind } from "../shared/abuse-report/index.ts";
import { opensConnection } from "../shared/labels/index.ts";
import {
  firstMoment,
  type Found,
  type Place,
  placeOfUrl,
  readPlace,
  wholeNumber,
} from "../shared/document/index.ts";

/** The fields of a report of X-ARF 0.1 or 0.2: YAML that is flat. */
export type Fields = ReadonlyMap<string, string>;

const taken = new Set(
  "source port source-port destination destination-port date report-id occurrences version tlp".split(
    " ",
  ),
);

/** The reports in a part; a bulk report has several documents. None if the part is no X-ARF. */
export function xArfIn(text: string): { text: string; fields: Fields }[] {
  return text
    .split(/^---[ \t]*\r?$/m)
    .map((document) => ({ text: document, fields: readFields(document) }))
    .filter(
      ({ fields }) =>
        fields.has("report-type") && (fields.has("source") || fields.has("schema-url")),
    );
}

function readFields(text: string): Fields {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^([A-Za-z][\w-]*)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), unquoted(value!));
  }
  return fields;
}

function unquoted(value: string): string {
  const [, single, double] = /^(?:'(.*)'|"(.*)")$/.exec(value) ?? [];
  return single ?? double ?? value;
}

/** Reads a report. */
export function readXArf(fields: Fields, dates: readonly string[], tlp: Tlp): Found {
  const field = (name: string): string => fields.get(name) ?? "";
  const { kind, source } = reportKind(field("category"), field("report-type"), []);
  // The port is that of the service: of the one attacked, or of the one that does harm.
  const attack = source === "origin" && opensConnection(kind);
  const from = placeOf(field("source"), field("source-port") || (attack ? "" : field("port")));
  const to = placeOf(
    field("destination"),
    field("destination-port") || (attack ? field("port") : ""),
  );
  const [host, other] = source === "victim" ? ["victim", "origin"] : ["origin", "victim"];
  return {
    kind,
    seenAt: firstMoment(field("date"), ...dates),
    [host!]: from,
    [other!]: to,
    ...(field("source").includes("://") ? { url: field("source") } : {}),
    protocol: field("protocol"),
    eventId: field("report-id"),
    count: wholeNumber(field("occurrences"), 1, 0xffffffff),
    tlp: parseTlp(field("tlp")) ?? tlp,
    extra: Object.fromEntries(
      [...fields].filter(([name, value]) => !taken.has(name) && value !== ""),
    ),
  };
}

function placeOf(text: string, portText: string): Place | undefined {
  const named = text.includes("://") ? placeOfUrl(text) : readPlace(text);
  const place = text === "" ? {} : (named ?? { address: text });
  const port = wholeNumber(portText, 1, 65_535);
  if (port === undefined) return text === "" ? undefined : place;
  return { ...place, port };
}
