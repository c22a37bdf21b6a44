import { makeMappedFormat } from "../shared/mapping/index.ts";

/** ThreatFox (abuse.ch, CC0): the days on which an address of a command-and-control server was listed. */
export const threatfox = makeMappedFormat({
  name: "threatfox",
  title: "ThreatFox history: first and last day on which a C2 address was listed",
  types: [
    {
      name: "threatfox",
      mapping: {
        version: "threatfox.history.1",
        fields: { seenAt: "first_listed_day", seenUntil: "last_listed_day", origin: "ip" },
        kind: "c2-server",
        tlp: "clear",
      },
      needs: ["first_listed_day", "last_listed_day", "ip"],
      knows: ["days_listed", "left_censored", "still_listed", "cc", "cc_of_asn", "asn", "as_name"],
    },
  ],
});
