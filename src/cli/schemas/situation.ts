import { z } from "zod";
import type { Basis, Situation } from "../../core/measure/index.ts";
import { causes } from "../../core/measure/index.ts";
import {
  BreakdownName,
  Count,
  CountryCode,
  Day,
  KindName,
  PeriodAnswer,
  Rank,
  Share,
} from "./shared.ts";

const Excluded = z.strictObject({ observations: Count, victims: Count, origins: Count });

const exclusions = causes.filter((cause) => cause !== "counted");

export const BasisAnswer = z.strictObject({
  exact: z.literal(true),
  unit: z.string(),
  kinds: z.array(KindName),
  locationTable: z.strictObject({ name: z.string(), date: z.string(), others: Count }),
  feeds: z.array(
    z.strictObject({
      name: z.string(),
      observations: Count,
      firstDay: Day.nullable(),
      lastDay: Day.nullable(),
      lastStored: z.string().nullable(),
      down: z
        .array(Day)
        .describe("days of which the feed should have told and did not; no rows is not zero rows"),
      late: z.array(Day).describe("the same, of which the file may still come"),
    }),
  ),
  asOf: z.string().nullable(),
}) satisfies z.ZodType<Basis>;

/** `tocsin situation --json` */
export const SituationAnswer = z.strictObject({
  period: PeriodAnswer,
  home: z.array(CountryCode),
  kind: KindName.nullable(),
  total: z.strictObject({
    victims: Count,
    origins: Count,
    originsWithVictims: Count,
    observations: Count,
  }),
  byCountry: z
    .array(
      z.strictObject({
        country: CountryCode,
        name: z.string(),
        origins: Count,
        victims: Count,
        originShare: Share,
        victimShare: Share,
        originRank: Rank,
        victimRank: Rank,
        originsWithVictims: Count,
      }),
    )
    .describe("sorted by origins; the victims of countries overlap"),
  websites: z.strictObject({
    total: Count,
    origins: Count,
    byCountry: z.array(
      z.strictObject({
        country: CountryCode,
        name: z.string(),
        websites: Count,
        origins: Count,
        share: Share,
      }),
    ),
    bySector: z.array(z.strictObject({ sector: z.string(), websites: Count, share: Share })),
  }),
  by: z
    .strictObject({
      breakdown: BreakdownName,
      rows: z.array(
        z.strictObject({
          key: z.string(),
          name: z.string(),
          victims: Count,
          origins: Count,
          originsWithVictims: Count,
          websites: Count,
          websiteOrigins: Count,
        }),
      ),
    })
    .exactOptional()
    .describe("present with --by"),
  excluded: z.strictObject(
    Object.fromEntries(exclusions.map((cause) => [cause, Excluded])) as Record<
      (typeof exclusions)[number],
      typeof Excluded
    >,
  ),
  overlap: z.string(),
  basis: BasisAnswer,
}) satisfies z.ZodType<Situation>;
