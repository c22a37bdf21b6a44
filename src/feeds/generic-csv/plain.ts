import type { Reading, Sample } from "../../app/ports.ts";
import { TimeReader } from "../shared/csv/index.ts";
import { readMoment, splitCells } from "../shared/list/index.ts";
import { fieldNames } from "../shared/mapping/index.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import { isOffset } from "./to-mapping.ts";

/** A mapping that asks for columns by name and ISO times only, for which the fast reader is enough. */
export type PlainCsvMapping = CsvMapping & { readonly header: true | readonly string[] };

const ofConfig = ["name", "delimiter", "header", "columns", "kind", "tlp", "timeZone"];
const ofColumns = ["time", ...fieldNames];

/** Whether the fast reader is enough. */
export function isPlain(config: CsvMapping): config is PlainCsvMapping {
  const { header, columns, kind } = config;
  if (!isOffset(config.timeZone)) return false;
  if (columns.time === undefined || columns.tlp !== undefined) return false;
  if (header !== true && !Array.isArray(header)) return false;
  if (typeof kind === "object" && kind["*"] !== undefined) return false;
  return (
    Object.keys(config).every((key) => ofConfig.includes(key)) &&
    Object.keys(columns).every((key) => ofColumns.includes(key)) &&
    Object.values(columns)
      .flat()
      .every((column) => typeof column === "string")
  );
}

/** Whether the first row has a time that the fast reader reads; true if there is no row. */
export function hasPlainTime(config: PlainCsvMapping, sample: Sample, reading: Reading): boolean {
  const line = Buffer.from(sample.head.subarray(reading.skip.bytes)).toString().trimStart();
  const cells = splitCells(line.split(/\r?\n|\r/, 1)[0]!, config.delimiter) ?? [];
  const lower = reading.columns.map((column) => column.toLowerCase());
  const times = [config.columns.time!]
    .flat()
    .map((name) => cells[lower.indexOf(`${name}`.toLowerCase())]);
  const told = times.filter((time) => time !== undefined && time !== "");
  const reader = new TimeReader();
  const isRead = (time = ""): boolean => {
    const bytes = Buffer.from(time);
    return !Number.isNaN(reader.read(bytes, 0, bytes.length));
  };
  return (
    told.length === 0 || told.some(isRead) || told.every((time) => Number.isNaN(readMoment(time!)))
  );
}
