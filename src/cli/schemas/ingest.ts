import { z } from "zod";
import type { IngestSummary } from "../../app/ingest-report.ts";
import { refusalReasons } from "../../core/observation/index.ts";
import { Count, Skips } from "./shared.ts";

const Reason = z.enum(refusalReasons);

/** `tocsin ingest --json` */
export const IngestAnswer = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      feed: z.string(),
      format: z.string(),
      type: z.string(),
      outcome: z.enum(["stored", "known", "resumed", "empty", "failed"]),
      rows: Count,
      kept: Count,
      duplicate: Count,
      refused: Count,
      skipped: Count,
      notes: z.array(z.string()),
      problem: z.string().exactOptional(),
    }),
  ),
  rows: Count.describe("kept + duplicate + refused + skipped"),
  kept: Count,
  duplicate: Count,
  refused: Count,
  skipped: Count.describe("elements that name no host or report nothing: no mistakes"),
  reasons: z.partialRecord(Reason, Count),
  skips: Skips,
  samples: z.array(
    z.strictObject({ path: z.string(), line: Count, reason: Reason, raw: z.string() }),
  ),
  seconds: z.number().min(0),
  dryRun: z.boolean(),
  interrupted: z.boolean(),
}) satisfies z.ZodType<IngestSummary>;
