import { z } from "zod";

const Needs = z
  .array(z.strictObject({ key: z.string(), says: z.string() }))
  .describe("what the operator must fill in before it works");

/** `tocsin feeds catalogue --json` */
export const FeedsCatalogueAnswer = z.strictObject({
  feeds: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      documentation: z.string().describe("where it is documented, in words"),
      needs: Needs,
      definition: z
        .record(z.string(), z.unknown())
        .describe("as tocsin.yaml takes it under feeds, at rest"),
    }),
  ),
});

/** `tocsin feeds add --json` */
export const FeedsAddAnswer = z.strictObject({
  feed: z.string(),
  file: z.string().describe("the configuration that has it now"),
  enabled: z.boolean(),
  needs: Needs,
});
