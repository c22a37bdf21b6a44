import { recordFields } from "../../app/ports.ts";
import { makeLineFormat } from "../shared/lines.ts";

/** JSON lines of our own: every field of a record under its name; `tocsin-jsonl` of the feeds reads it back. */
export const jsonl = makeLineFormat({
  name: "jsonl",
  line: (record) => {
    const fields: Record<string, unknown> = {};
    for (const field of recordFields) fields[field] = record[field];
    return `${JSON.stringify(fields)}\n`;
  },
});
