import { recordFields } from "../../app/ports.ts";
import { makeLineFormat } from "../shared/lines.ts";

/** CSV of our own (RFC 4180): every field of a record under its name; `tocsin-csv` of the feeds reads it back. */
export const csv = makeLineFormat({
  name: "csv",
  header: `${recordFields.join(",")}\r\n`,
  line: (record) => `${recordFields.map((field) => csvCell(record[field])).join(",")}\r\n`,
});

/** What makes a cell be written otherwise than it is. */
const remarkable = /^['=+\-@\t\r]|[",\r\n]/;

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP "CSV injection"); so does one that
 * begins like a text so treated: who takes one apostrophe away has the text.
 */
function csvCell(value: string | number | null): string {
  if (typeof value !== "string") return String(value ?? "");
  if (!remarkable.test(value)) return value;
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
