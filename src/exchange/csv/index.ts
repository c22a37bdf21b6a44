import { recordFields } from "../../app/ports.ts";
import { csvCell } from "../shared/csv-cell.ts";
import { makeLineFormat } from "../shared/lines.ts";

/** CSV of our own (RFC 4180): every field of a record under its name; `tocsin-csv` of the feeds reads it back. */
export const csv = makeLineFormat({
  name: "csv",
  header: `${recordFields.join(",")}\r\n`,
  line: (record) => `${recordFields.map((field) => csvCell(record[field])).join(",")}\r\n`,
});
