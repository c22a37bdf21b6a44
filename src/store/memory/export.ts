import { writeFile } from "node:fs/promises";
import type { ObservationFilter, ObservationRecord } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { tlpCode } from "../../core/marking/index.ts";
import { within } from "./count-situation.ts";
import type { StoredObservation } from "./observation.ts";
import { readSubject } from "./subject.ts";

/** Writes the rows that a filter lets through, in the order of storing, one record a row. */
export async function exportRows(
  rows: readonly StoredObservation[],
  path: string,
  format: "csv" | "jsonl" | "parquet",
  filter: ObservationFilter,
): Promise<{ written: number; withheld: number }> {
  if (format === "parquet")
    throw new Fault("format-unknown", "the store in memory writes csv and jsonl only");
  const found = rowsFor(rows, filter);
  const open = found.filter((row) => row.facet.tlp <= tlpCode(filter.maxTlp));
  const records = open.map((row) => row.record);
  try {
    await writeFile(path, format === "csv" ? csvText(records) : jsonLines(records));
  } catch (cause) {
    throw new Fault("output-unwritable", `${path} cannot be written`, { cause });
  }
  return { written: open.length, withheld: found.length - open.length };
}

function rowsFor(
  all: readonly StoredObservation[],
  { period, feed, kind, victim, origin }: ObservationFilter,
): StoredObservation[] {
  const [victimAsked, originAsked] = [victim, origin].map((asked) =>
    asked === undefined ? undefined : readSubject(asked),
  );
  return (period ? within(all, period) : all).filter(
    (row) =>
      (feed === undefined || row.record.feed === feed) &&
      (kind === undefined || row.kind === kind) &&
      (victimAsked?.is(row, "victim") ?? true) &&
      (originAsked?.is(row, "origin") ?? true),
  );
}

const fields = [
  "seenAt",
  "seenUntil",
  "kind",
  "family",
  "victim",
  "victimPort",
  "victimHost",
  "victimCountry",
  "victimAsn",
  "origin",
  "originPort",
  "originHost",
  "originCountry",
  "originAsn",
  "protocol",
  "url",
  "sector",
  "count",
  "confidence",
  "tlp",
  "eventId",
  "feed",
  "file",
  "line",
  "identity",
  "extra",
] as const satisfies (keyof ObservationRecord)[];

function csvText(records: readonly ObservationRecord[]): string {
  const lines = records.map((record) => fields.map((field) => csvCell(record[field])).join(","));
  return [fields.join(","), ...lines, ""].join("\r\n");
}

/** RFC 4180; a text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP "CSV injection"). */
function csvCell(value: string | number | null): string {
  if (typeof value !== "string") return String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function jsonLines(records: readonly ObservationRecord[]): string {
  return records
    .map((record) => Object.fromEntries(fields.map((field) => [field, record[field]])))
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");
}
