import type { ObservationRecord } from "../../app/ports.ts";

/** The fields of a record, in the order in which exports write them. Stable: people's scripts read the columns. */
export const recordFields = [
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
] as const satisfies readonly (keyof ObservationRecord)[];

/** The header of a CSV export, with its line end. */
export const csvHeader = `${recordFields.join(",")}\r\n`;

/** One record as a line of CSV (RFC 4180), with its line end. */
export function csvLine(record: ObservationRecord): string {
  return `${recordFields.map((field) => csvCell(record[field])).join(",")}\r\n`;
}

/** One record as a line of JSON, with its line end. */
export function jsonLine(record: ObservationRecord): string {
  return `${JSON.stringify(Object.fromEntries(recordFields.map((field) => [field, record[field]])))}\n`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP "CSV injection"). */
function csvCell(value: string | number | null): string {
  if (typeof value !== "string") return String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
