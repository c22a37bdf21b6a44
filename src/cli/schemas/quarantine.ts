import { z } from "zod";
import type { QuarantinedRow, Reading } from "../../app/ports.ts";
import { tlpLevels } from "../../core/marking/index.ts";
import { Count } from "./shared.ts";

const ReadingAnswer = z.strictObject({
  format: z.string(),
  type: z.string(),
  mapping: z.string(),
  columns: z.array(z.string()),
  skip: z.strictObject({ bytes: Count, lines: Count }),
  tlp: z.enum(tlpLevels),
  notes: z.array(z.string()),
  listedAt: z.string().exactOptional(),
  whole: z.boolean().exactOptional().describe("the file is one document"),
  table: z.string().exactOptional().describe("the rows stand in a table of a page"),
}) satisfies z.ZodType<Reading>;

const Row = z.strictObject({
  id: z.string().describe("batch-line-ordinal"),
  feed: z.string(),
  path: z.string(),
  line: Count,
  reason: z.string(),
  raw: z.string().describe("at most 4,096 bytes of it"),
  whole: z.boolean().describe("whether all of it is kept, so that it can be tried again"),
  refusedAt: z.string(),
  takenAt: z.string().nullable(),
}) satisfies z.ZodType<Omit<QuarantinedRow, "reading" | "apart" | "nth">>;

/** `tocsin quarantine list --json` */
export const QuarantineListAnswer = z.strictObject({
  waiting: Count,
  summary: z.array(
    z.strictObject({ feed: z.string(), path: z.string(), reason: z.string(), rows: Count }),
  ),
  first: z.array(Row),
});

/** `tocsin quarantine show ID --json` */
export const QuarantineShowAnswer = Row.extend({ reading: ReadingAnswer });

/** `tocsin quarantine retry --json` */
export const QuarantineRetryAnswer = z.strictObject({ tried: Count, taken: Count });
