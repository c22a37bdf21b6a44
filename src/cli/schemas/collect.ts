import { z } from "zod";
import type { CollectSummary } from "../../app/collect/index.ts";
import { Count } from "./shared.ts";

const Time = z.string().describe("ISO 8601, UTC");

/** `tocsin collect --json` */
export const CollectAnswer = z.strictObject({
  feeds: z.array(
    z.strictObject({
      feed: z.string(),
      outcome: z.enum(["collected", "failed", "not-due", "listens"]),
      deliveries: Count.describe("files and messages that were taken"),
      bytes: Count,
      rows: Count.describe("of what was ingested, also of what was taken before"),
      kept: Count,
      duplicate: Count,
      refused: Count,
      skipped: Count,
      unread: Count.describe("deliveries that no format could read; they stay in the spool"),
      problem: z.string().exactOptional(),
    }),
  ),
  interrupted: z.boolean(),
}) satisfies z.ZodType<CollectSummary>;

/** `tocsin feeds list --json` */
export const FeedsListAnswer = z.strictObject({
  feeds: z.array(
    z.strictObject({
      feed: z.string(),
      way: z.string(),
      format: z.string(),
      enabled: z.boolean(),
      priority: z.string(),
      tlp: z.string().nullable(),
      about: z
        .strictObject({
          provider: z.string().exactOptional(),
          licence: z.string().exactOptional(),
          confidence: Count.exactOptional(),
          observes: z.array(z.string()).exactOptional(),
          sharing: z.string().exactOptional(),
          documentation: z.string().exactOptional(),
        })
        .nullable()
        .describe("as the configuration has it"),
      schedule: z
        .union([
          z.strictObject({ everyMinutes: z.number() }),
          z.strictObject({ cron: z.string(), timeZone: z.string() }),
        ])
        .nullable()
        .describe("null: the feed takes what is sent to it"),
      dueAt: Time.nullable(),
      lastRunAt: Time.nullable(),
      lastTakenAt: Time.nullable(),
      deliveries: Count,
      bytes: Count,
      waiting: Count.describe("deliveries that wait for ingest"),
      unread: Count.describe("deliveries that no format could read"),
      failing: z
        .strictObject({
          failures: Count.describe("in a row"),
          code: z.string(),
          message: z.string(),
          retryAt: Time,
        })
        .nullable(),
    }),
  ),
});
