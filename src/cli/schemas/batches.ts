import { z } from "zod";
import type { RereadSummary } from "../../app/reread-batches.ts";
import { Count, Skips } from "./shared.ts";

const Id = z.int().min(1);
const Rows = z.strictObject({
  rows: Count,
  kept: Count,
  duplicate: Count,
  refused: Count,
  skipped: Count,
});

/** `tocsin batches list --json` */
export const BatchesListAnswer = z.strictObject({
  batches: z.array(
    z.strictObject({
      batch: Id,
      feed: z.string(),
      path: z.string(),
      sha256: z
        .string()
        .describe("of the uncompressed bytes; empty: rows that the quarantine gave back"),
      part: Count.describe("a large file is stored in parts"),
      last: z.boolean().describe("whether the file ends with this part"),
      format: z.string(),
      type: z.string(),
      mapping: z.string(),
      storedAt: z.string(),
      rows: Count,
      kept: Count,
      duplicate: Count,
      refused: Count,
      skipped: Count,
      skips: Skips,
    }),
  ),
});

/** `tocsin batches reread --json` */
export const BatchesRereadAnswer = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      feed: z.string(),
      replaced: z.array(Id).describe("the batches that had the file"),
      batch: Id.nullable().describe("the one that has it now; null: nothing was changed"),
      before: Rows,
      after: Rows.nullable(),
      mappings: z.tuple([z.string(), z.string().nullable()]).describe("before and now"),
      problem: z.string().exactOptional(),
    }),
  ),
  mayMiss: z
    .array(Id)
    .describe("batches of the same feeds, not read again, that had dropped rows as repeats"),
}) satisfies z.ZodType<RereadSummary>;
