import { z } from "zod";
import type { FeedStatus } from "../../app/feed-watch.ts";
import { feedStates } from "../../core/measure/index.ts";
import { Count, Day, Share } from "./shared.ts";

const Time = z.string().describe("ISO 8601, UTC");

const Status = z.strictObject({
  feed: z.string(),
  state: z.enum(feedStates),
  enabled: z.boolean().describe("false: at rest by the configuration, and no problem"),
  collected: z.boolean().describe("whether tocsin collect takes it"),
  rhythm: z
    .enum(["times", "every", "learnt", "unknown"])
    .describe("how it is known when the feed is expected"),
  batches: Count.describe("files that were stored on the days that were asked for"),
  rows: Count,
  kept: Count,
  duplicate: Count,
  refused: Count,
  skipped: Count,
  refusedShare: Share,
  duplicateShare: Share,
  lastDay: Day.nullable().describe("the newest event day of which the feed told"),
  lagDays: Count.nullable().describe("from the last event of the newest file to its storing"),
  usualLagDays: Count.nullable(),
  volume: z
    .strictObject({
      day: Day,
      observations: Count,
      median: Count.describe("of the 28 days before"),
      change: z.number().describe("fraction of the median; -0.6 is a drop of 60 %"),
    })
    .nullable(),
  unmapped: z.array(z.string()).describe("report types without a mapping of their own"),
  down: z.array(Day).describe("event days of which the feed should have told and did not"),
  late: z.array(Day).describe("the same, of which the file may still come"),
  lastStored: Time.nullable(),
  dueAt: Time.nullable().describe(
    "when the next is due, of a feed that is expected more often than daily",
  ),
  overdueHours: z
    .number()
    .nullable()
    .describe("hours since then; null while there is no hour since"),
  lastRunAt: Time.nullable().describe("when collecting it went well last"),
  failing: z
    .strictObject({
      failures: Count.describe("in a row"),
      code: z.string(),
      message: z.string(),
      retryAt: Time,
    })
    .nullable(),
  lastFailure: z
    .strictObject({ at: Time, code: z.string(), message: z.string() })
    .nullable()
    .describe("to collect it, also if it went well since"),
  days: z.array(
    z.strictObject({
      day: Day,
      expected: z.boolean().nullable().describe("null: not known"),
      observations: Count.describe("whose event day this is"),
      batches: Count.describe("files that were stored on this day; so are the counts that follow"),
      rows: Count,
      kept: Count,
      duplicate: Count,
      refused: Count,
      skipped: Count,
      firstStored: Time.nullable(),
      lastStored: Time.nullable(),
    }),
  ),
}) satisfies z.ZodType<FeedStatus>;

/** `tocsin feeds status --json` */
export const FeedsStatusAnswer = z.strictObject({
  feeds: z.array(
    Status.extend({
      says: z.string().nullable().describe("what is wrong"),
      mend: z.string().nullable().describe("the command that helps"),
    }),
  ),
});
