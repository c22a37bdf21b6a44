import { makeListFormat, plainList } from "../shared/list/index.ts";

/** CI Army: addresses of bad reputation that attack many sensors and are on few lists. */
export const ciArmy = makeListFormat({
  name: "ci-army",
  title: "CI Army (CINS): addresses of bad reputation",
  types: [
    plainList("ci-army", {
      name: "ci-army",
      of: "address",
      kind: "other",
      says: /ci[-_]?army|ci-?badguys|cinsscore/i,
    }),
  ],
});
