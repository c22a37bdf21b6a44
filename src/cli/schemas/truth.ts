import { z } from "zod";
import type { CountedTruth as Counted } from "../demo/counted-truth.ts";
import { Count, Day } from "./shared.ts";

const ByName = z.record(z.string(), Count);

/** What was counted in the replay, in the form of the generator's truth. */
export const CountedTruth = z.strictObject({
  seed: z.string(),
  scale: Count,
  format: z.string(),
  home: z.string(),
  period: z.strictObject({ from: Day, to: Day }),
  article: z.strictObject({
    victims: Count,
    origins: Count,
    usOrigins: Count,
    usVictims: Count,
    sites: Count,
    usSites: Count,
  }),
  victims: Count,
  origins: Count,
  byCountry: z.record(z.string(), z.strictObject({ origins: Count, victims: Count })),
  byMonth: z.array(z.strictObject({ month: z.string(), victims: Count, origins: Count })),
  sites: z.strictObject({
    total: Count,
    us: Count,
    bySector: ByName,
    byCountry: ByName,
    accesses: Count,
    origins: Count,
    usOrigins: Count,
  }),
  rows: z.strictObject({
    rows: Count,
    duplicates: Count,
    events: Count,
    counted: Count,
    traps: z.strictObject({
      domesticOrigins: Count,
      domesticVictims: Count,
      foreignVictims: Count,
      allowlistedOriginRows: Count,
      privateVictimRows: Count,
    }),
  }),
}) satisfies z.ZodType<Counted>;
