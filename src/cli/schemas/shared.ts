import { z } from "zod";
import { breakdowns } from "../../core/measure/index.ts";
import { skipReasons } from "../../core/observation/index.ts";
import { allKinds } from "../../core/taxonomy/index.ts";

/** A count. */
export const Count = z.int().min(0);
/** `YYYY-MM-DD`. */
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A fraction of the whole, 0 to 1, six decimals. */
export const Share = z.number().min(0).max(1);
/** 1 is the first; equal numbers share a rank. */
export const Rank = z.int().min(1);
export const KindName = z.enum(allKinds as [(typeof allKinds)[number]]);
export const BreakdownName = z.enum(breakdowns);
/** Two letters; `""` where the location table does not know. */
export const CountryCode = z.string().regex(/^([A-Z]{2})?$/);

export const PeriodAnswer = z.strictObject({
  from: Day,
  until: Day.describe("the day after the last"),
  lastDay: Day,
});

/** How many elements were skipped, by reason. */
export const Skips = z.partialRecord(z.enum(skipReasons), Count);
