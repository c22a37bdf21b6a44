import { z } from "zod";
import type { TriedFile, TriedObservation, TriedRow } from "../../app/try-file.ts";
import { refusalReasons, skipReasons } from "../../core/observation/index.ts";
import { tlpLevels } from "../../core/marking/index.ts";
import { Count, CountryCode, KindName, Skips } from "./shared.ts";

const Who = z.enum(["feed", "table"]).exactOptional();

const Observation = z.strictObject({
  seenAt: z.string(),
  seenUntil: z.string().nullable(),
  kind: KindName,
  family: z.string(),
  victim: z.string(),
  victimPort: Count,
  victimHost: z.string(),
  victimCountry: CountryCode,
  victimAsn: Count,
  origin: z.string(),
  originPort: Count,
  originHost: z.string(),
  originCountry: CountryCode,
  originAsn: Count,
  locatedBy: z
    .strictObject({ victimAsn: Who, victimCountry: Who, originAsn: Who, originCountry: Who })
    .describe("whose word the fact is: the feed's, else that of the location table, which counts"),
  protocol: z.string(),
  url: z.string(),
  sector: z.string(),
  count: Count,
  confidence: z.int().min(0).max(100).nullable(),
  tlp: z.enum(tlpLevels),
  eventId: z.string(),
  identity: z.string(),
  extra: z.record(z.string(), z.string()).describe("what else the feed says, under its own names"),
}) satisfies z.ZodType<TriedObservation>;

const Row = z.strictObject({
  line: Count,
  observation: Observation.exactOptional(),
  refused: z.strictObject({ reason: z.enum(refusalReasons), raw: z.string() }).exactOptional(),
  skipped: z.strictObject({ reason: z.enum(skipReasons) }).exactOptional(),
}) satisfies z.ZodType<TriedRow>;

/** `tocsin feeds try FILE --json` */
export const FeedsTryAnswer = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      feed: z.string().describe("the name that the feed would have"),
      format: z.string(),
      type: z.string(),
      mapping: z.string(),
      tlp: z.union([z.enum(tlpLevels), z.literal("")]),
      notes: z.array(z.string()),
      rows: z
        .array(Row)
        .describe("the first rows; each has an observation, or is refused, or skipped"),
      read: z
        .strictObject({
          lines: Count,
          rows: Count,
          kept: Count,
          refused: Count,
          skipped: Count,
          skips: Skips,
        })
        .describe("of all that was read; lines that are no row are in neither"),
      goesOn: z.boolean().describe("the file goes on behind what was read"),
      problem: z.string().exactOptional(),
    }) satisfies z.ZodType<TriedFile>,
  ),
});
