import { makeMappedFormat } from "../shared/mapping/index.ts";

/** C2-Tracker: the days on which a scan saw the server of an attack tool on an address. */
export const c2Tracker = makeMappedFormat({
  name: "c2-tracker",
  title: "C2-Tracker sightings: first and last day on which a tool's server was seen on an address",
  types: [
    {
      name: "c2-tracker",
      mapping: {
        version: "c2-tracker.sightings.1",
        fields: {
          seenAt: "first_seen_day",
          seenUntil: "last_seen_day",
          origin: "ip",
          family: "tool",
        },
        kind: "c2-server",
        tlp: "clear",
      },
      needs: ["first_seen_day", "last_seen_day", "ip", "tool"],
      knows: [
        "snapshots_seen",
        "snapshots_between",
        "left_censored",
        "right_censored",
        "cc",
        "cc_of_asn",
        "asn",
        "as_name",
      ],
    },
  ],
});
