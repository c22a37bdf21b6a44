import { z } from "zod";
import { CountedTruth as CountedTruthShape } from "./truth.ts";
import { Count, Rank, Share } from "./shared.ts";
import { SituationAnswer } from "./situation.ts";

/** `tocsin demo --json` */
export const DemoAnswer = z.strictObject({
  replay: z.strictObject({
    dataDir: z.string(),
    truth: z.looseObject({}).describe("truth.json of the generator"),
    counted: CountedTruthShape,
    equal: z.boolean(),
    fields: Count.describe("single values that were compared"),
    differences: z.array(
      z.strictObject({ field: z.string(), known: z.unknown(), counted: z.unknown() }),
    ),
    situation: SituationAnswer,
  }),
  threatfox: z.strictObject({
    dataDir: z.string(),
    rows: Count,
    situation: SituationAnswer,
    unitedStates: z.strictObject({ origins: Count, share: Share, rank: Rank }).nullable(),
  }),
});
