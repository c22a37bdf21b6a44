import { leniently, type RecordMapping } from "../shared/record/index.ts";

/** What is the same whoever the source is. `raw` is the row that the feed's own file had, in base64: the event says it again. */
const common = {
  seenAt: ["time.source", "time.observation"],
  seenUntil: leniently("extra.end_time"),
  protocol: ["protocol.transport"],
  family: leniently("malware.name"),
  eventId: leniently("extra.event_id", "extra.feed_id", "misp.attribute_uuid"),
  count: leniently("extra.count"),
  confidence: leniently("feed.accuracy"),
  tlp: leniently("tlp", "extra.tlp"),
} as const;

const dropped = ["__type", "raw"];

const sourceIsVictim: RecordMapping = {
  fields: {
    ...common,
    victim: ["source.ip"],
    victimPort: leniently("source.port"),
    victimHost: leniently("source.fqdn", "source.reverse_dns"),
    origin: leniently("destination.ip"),
    originPort: leniently("destination.port"),
    originHost: leniently("destination.fqdn", "destination.reverse_dns"),
    url: leniently("source.url", "destination.url"),
  },
  urlOf: "victim",
  victimMembers: "source.",
  dropped,
};

/** An infected system's URL is the one that it called. */
const bot: RecordMapping = {
  ...sourceIsVictim,
  fields: { ...sourceIsVictim.fields, url: leniently("destination.url", "source.url") },
  urlOf: "origin",
};

const sourceIsOrigin: RecordMapping = {
  fields: {
    ...common,
    origin: ["source.ip"],
    originPort: leniently("source.port"),
    originHost: leniently("source.fqdn", "source.reverse_dns"),
    victim: leniently("destination.ip"),
    victimPort: leniently("destination.port"),
    victimHost: leniently("destination.fqdn", "destination.reverse_dns"),
    url: leniently("source.url", "destination.url"),
  },
  urlOf: "origin",
  victimMembers: "destination.",
  dropped,
};

/** An event that names a destination alone: IntelMQ's parsers write so what a sandbox saw a sample call. */
const destinationOnly: RecordMapping = {
  ...sourceIsOrigin,
  fields: {
    ...common,
    origin: ["destination.ip"],
    originPort: leniently("destination.port"),
    originHost: leniently("destination.fqdn", "destination.reverse_dns"),
    url: leniently("destination.url"),
  },
};

/** By who the source is. */
export const mappings = { sourceIsVictim, bot, sourceIsOrigin, destinationOnly };
