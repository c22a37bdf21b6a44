import type { Exclusion } from "../../core/measure/index.ts";

/** Why something is observed and not in the headline numbers. */
export const causes: Record<Exclusion, string> = {
  reservedVictim: "victim's address is private or reserved",
  reservedOrigin: "origin's address is private or reserved",
  warningListVictim: "victim is on a warning list",
  warningListOrigin: "origin is on a warning list (resolver, CDN, sinkhole)",
  originNotNamed: "the feed names no origin",
  unlocatedVictim: "victim cannot be located",
  unlocatedOrigin: "origin cannot be located",
  foreignVictim: "victim is abroad",
  domesticOrigin: "origin is at home",
  otherKind: "neither control of a computer nor a back door",
};
