import { z } from "zod";
import { Count } from "./shared.ts";

const at = z.string().describe("ISO 8601, UTC");

/** A line of `tocsin run --json`: one event each. */
export const RunAnswer = z.discriminatedUnion("event", [
  z.strictObject({
    at,
    event: z.literal("watching"),
    feeds: Count,
    rules: z.boolean().describe("whether there are rules that say who is alerted"),
    composes: z.boolean(),
    sends: z.boolean(),
    answers: z.boolean(),
  }),
  z.strictObject({
    at,
    event: z.literal("collect"),
    of: z.looseObject({
      event: z.enum(["taken", "ingested", "unread", "failure", "listening"]),
      feed: z.string(),
    }),
  }),
  z.strictObject({
    at,
    event: z.literal("placed"),
    findings: Count,
    fresh: Count.describe("of them, seen for the first time"),
    stale: Count.describe("too old to alert anybody"),
    sent: Count,
    held: Count,
    denied: Count,
    nobody: Count,
    incidents: Count.describe("that were opened"),
    alerts: Count.describe("that were opened"),
  }),
  z.strictObject({ at, event: z.literal("timers"), fired: Count }),
  z.strictObject({ at, event: z.literal("answers"), received: Count }),
  z.strictObject({
    at,
    event: z.literal("recovered"),
    messages: Count.describe("under way when the program ended last"),
  }),
  z.strictObject({
    at,
    event: z.literal("message"),
    deliveryKey: z.string(),
    to: z.string(),
    outcome: z.string(),
  }),
  z.strictObject({
    at,
    event: z.literal("failure"),
    part: z.string(),
    message: z.string(),
  }),
]);
