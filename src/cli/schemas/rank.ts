import { z } from "zod";
import {
  BreakdownName,
  Count,
  CountryCode,
  KindName,
  PeriodAnswer,
  Rank,
  Share,
} from "./shared.ts";
import { BasisAnswer } from "./situation.ts";

/** `tocsin rank --json` */
export const RankAnswer = z.strictObject({
  period: PeriodAnswer,
  home: z.array(CountryCode),
  kind: KindName.nullable(),
  by: BreakdownName,
  total: z.strictObject({
    victims: Count,
    origins: Count,
    originsWithVictims: Count,
    observations: Count,
    websites: Count,
  }),
  rows: z.array(
    z.strictObject({
      rank: Rank,
      key: z.string(),
      name: z.string(),
      origins: Count,
      originShare: Share,
      victims: Count,
      victimShare: Share,
      victimRank: Rank,
      websites: Count,
    }),
  ),
  more: Count.describe("rows that --top left out"),
  overlap: z.string(),
  basis: BasisAnswer,
});
