import { makeMappedFormat, type Mapping } from "../shared/mapping/index.ts";

const days: Mapping = {
  version: "replay.days.1",
  fields: {
    seenAt: "timestamp",
    victim: "victim_ip",
    origin: "origin_ip",
    originPort: "origin_port",
    protocol: "protocol",
    family: "family",
    eventId: "event_id",
    count: "count",
  },
  kind: "infected-system",
  tlp: "clear",
};

const siteAccesses: Mapping = {
  version: "replay.site-accesses.1",
  fields: { seenAt: "timestamp", victimHost: "host", origin: "origin_ip", url: "path" },
  kind: "web-backdoor",
  tlp: "clear",
};

/** The seeded replay of 2013: infected computers by day, and accesses to back doors of web sites. */
export const replay = makeMappedFormat({
  name: "replay",
  title: "the replay of January to May 2013 that the demo makes",
  types: [
    {
      name: "days",
      mapping: days,
      needs: [
        "event_id",
        "timestamp",
        "victim_ip",
        "origin_ip",
        "origin_port",
        "protocol",
        "family",
        "count",
      ],
      knows: [],
    },
    {
      name: "site-accesses",
      mapping: siteAccesses,
      needs: ["timestamp", "site_id", "host", "origin_ip", "path"],
      knows: [],
    },
  ],
});
