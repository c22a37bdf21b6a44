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
}) satisfies z.ZodType<Reading>;

const Row = z.strictObject({
  id: z.string(),
  feed: z.string(),
  path: z.string(),
  line: Count,
  reason: z.string(),
  raw: z.string(),
  refusedAt: z.string(),
  takenAt: z.string().nullable(),
}) satisfies z.ZodType<Omit<QuarantinedRow, "reading">>;

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
