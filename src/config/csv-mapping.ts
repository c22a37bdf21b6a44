import { z } from "zod";
import { KindName, Name, TlpLabel } from "./values.ts";

/** A column by name or, from 1, by number. */
const OneColumn = z.union([z.string().min(1), z.int().min(1).max(4096)]);

/** A column; of several the first that is not empty counts. */
const Column = z.union([OneColumn, z.array(OneColumn).min(1)]);

/** Which column holds what. `victim` and `origin` are addresses; `victim` is the affected side, whoever opened the connection. */
const Columns = z.strictObject({
  /** Left out: the rows are of the moment that a comment names or, if none does, of that when the file was taken. */
  time: Column.exactOptional(),
  until: Column.exactOptional(),
  victim: Column.exactOptional(),
  origin: Column.exactOptional(),
  victimPort: Column.exactOptional(),
  originPort: Column.exactOptional(),
  protocol: Column.exactOptional(),
  family: Column.exactOptional(),
  victimHost: Column.exactOptional(),
  originHost: Column.exactOptional(),
  /** Whatever names a host: address, `address:port`, network, name or URL. */
  victimIndicator: Column.exactOptional(),
  originIndicator: Column.exactOptional(),
  url: Column.exactOptional(),
  eventId: Column.exactOptional(),
  count: Column.exactOptional(),
  confidence: Column.exactOptional(),
  tlp: Column.exactOptional(),
  kind: Column.exactOptional(),
  /** Where the feed itself says that a side is; kept beside the word of the location table, which counts. */
  victimAsn: OneColumn.exactOptional(),
  victimCountry: OneColumn.exactOptional(),
  originAsn: OneColumn.exactOptional(),
  originCountry: OneColumn.exactOptional(),
});

/** One of these names somebody. */
const hosts = [
  "victim",
  "origin",
  "victimHost",
  "originHost",
  "victimIndicator",
  "originIndicator",
] as const;

/** How the columns of an operator's own CSV files are read. */
export const CsvMapping = z
  .strictObject({
    name: Name,
    /** One character of ASCII. */
    delimiter: z
      .string()
      .regex(/^[\t -~]$/, { error: "must be one character" })
      .default(","),
    /**
     * `true`: the first line names the columns. `comment`: a comment above the first row does. `false`: nothing does, and columns
     * are called by number. Else their names in order.
     */
    header: z
      .union([z.boolean(), z.literal("comment"), z.array(z.string().min(1)).min(1)])
      .default(true),
    columns: Columns,
    /** One kind for all rows, or the kind by the value of the column `kind`; the value `*` stands for all others. */
    kind: z.union([KindName, z.record(z.string(), KindName)]).default("infected-system"),
    tlp: TlpLabel.default("amber"),
    /** Of times that name none: an offset from UTC such as `+08:00`, or a zone such as `Europe/Warsaw` with its summer times. */
    timeZone: z
      .string()
      .refine(isTimeZone, {
        error: "must be an offset such as +08:00, or a zone such as Europe/Warsaw",
      })
      .default("+00:00"),
    /** How `03/04/2013` is meant. Seconds and milliseconds since 1970 and all that cannot be meant two ways are read anyway. */
    dates: z.enum(["auto", "day-first", "month-first"]).exactOptional(),
    /** Lines to leave out at the beginning. */
    skipLines: z.int().min(0).max(10_000).exactOptional(),
    /** How comments begin, such as `#`. */
    comments: z.array(z.string().min(1)).min(1).exactOptional(),
    /** Words that mean that a cell says nothing, such as `unknown`. */
    nothing: z.array(z.string().min(1)).exactOptional(),
    /** What holds for all rows whose columns say nothing else. */
    always: z
      .strictObject({
        family: z.string().min(1).exactOptional(),
        protocol: z.string().min(1).exactOptional(),
      })
      .exactOptional(),
    /** A column whose cells hold several values: each value makes an observation of its own. */
    each: z.strictObject({ column: OneColumn, separator: z.string().min(1) }).exactOptional(),
  })
  .superRefine((mapping, context) => {
    const { columns, kind, header, comments } = mapping;
    if (hosts.every((name) => columns[name] === undefined))
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
    if (header === "comment" && !comments)
      context.addIssue({
        code: "custom",
        path: ["comments"],
        message: "is missing: a comment names the columns",
      });
  });
export type CsvMapping = z.output<typeof CsvMapping>;

function isTimeZone(text: string): boolean {
  if (/^[+-](0\d|1[0-4]):[0-5]\d$/.test(text)) return true;
  try {
    return /^[A-Za-z]/.test(text) && Boolean(new Intl.DateTimeFormat("en", { timeZone: text }));
  } catch {
    // It throws for a name that it does not know.
    return false;
  }
}
