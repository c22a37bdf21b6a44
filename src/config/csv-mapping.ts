import { z } from "zod";
import { KindName, Name, TlpLabel } from "./values.ts";

/** A column by name; of several the first that is not empty counts. */
const Column = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** Which column holds what. `victim` and `origin` are addresses; `victim` is the affected side, whoever opened the connection. */
const Columns = z.strictObject({
  time: Column,
  victim: Column.exactOptional(),
  origin: Column.exactOptional(),
  victimPort: Column.exactOptional(),
  originPort: Column.exactOptional(),
  protocol: Column.exactOptional(),
  family: Column.exactOptional(),
  victimHost: Column.exactOptional(),
  originHost: Column.exactOptional(),
  url: Column.exactOptional(),
  eventId: Column.exactOptional(),
  count: Column.exactOptional(),
  confidence: Column.exactOptional(),
  kind: Column.exactOptional(),
});

/** How the columns of an operator's own CSV files are read. */
export const CsvMapping = z
  .strictObject({
    name: Name,
    /** One character of ASCII. */
    delimiter: z
      .string()
      .regex(/^[\t -~]$/, { error: "must be one character" })
      .default(","),
    /** `true`: the first line names the columns; else their names in order. */
    header: z.union([z.literal(true), z.array(z.string().min(1)).min(1)]).default(true),
    columns: Columns,
    /** One kind for all rows, or the kind by the value of the column `kind`. */
    kind: z.union([KindName, z.record(z.string(), KindName)]).default("infected-system"),
    tlp: TlpLabel.default("amber"),
    /** Offset from UTC of times that name none, such as `+08:00`. */
    timeZone: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, { error: "must be an offset such as +08:00" })
      .default("+00:00"),
  })
  .superRefine((mapping, context) => {
    const { columns, kind } = mapping;
    if (!columns.victim && !columns.origin && !columns.victimHost)
      context.addIssue({
        code: "custom",
        path: ["columns"],
        message: "must name a column for victim, origin or victimHost",
      });
    if (typeof kind === "object" && !columns.kind)
      context.addIssue({
        code: "custom",
        path: ["columns", "kind"],
        message: "is missing: kind is a table of its values",
      });
  });
export type CsvMapping = z.output<typeof CsvMapping>;
