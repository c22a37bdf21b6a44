/**
 * Events that an export of Tocsin wrote (`exchange/intelmq`): `extra.tocsin.source` says who IntelMQ's source is, and other members of
 * `extra.tocsin.` what IntelMQ has no field for. Nothing is guessed in them.
 */
import { isKind } from "../../core/taxonomy/index.ts";
import {
  leniently,
  type Members,
  type RecordMapping,
  type Statement,
} from "../shared/record/index.ts";
import { classify } from "./classifications.ts";

const ours = "extra.tocsin.";
const sourceMember = `${ours}source`;
const kindMember = `${ours}kind`;

/** What such an event asserts; `undefined` if it is none. */
export function ownStatement(event: Members): Statement | undefined {
  const source = event.text(sourceMember);
  if (source !== "victim" && source !== "origin") return undefined;
  const own = event.text(kindMember);
  const kind = isKind(own) ? own : classify(event.text("classification.type"), "").kind;
  return { kind, mapping: mappings[source] };
}

const mappings = {
  victim: makeMapping("source", "destination"),
  origin: makeMapping("destination", "source"),
};

function makeMapping(victim: string, origin: string): RecordMapping {
  return {
    fields: {
      seenAt: ["time.source", "time.observation"],
      seenUntil: leniently(`${ours}seen_until`),
      victim: [`${victim}.ip`],
      victimPort: leniently(`${victim}.port`),
      victimHost: leniently(`${ours}victim_host`, `${victim}.fqdn`),
      origin: [`${origin}.ip`],
      originPort: leniently(`${origin}.port`),
      originHost: leniently(`${ours}origin_host`, `${origin}.fqdn`),
      protocol: leniently(`${ours}protocol`, "protocol.transport"),
      family: leniently(`${ours}family`, "malware.name"),
      url: leniently(`${ours}url`, "source.url", "destination.url"),
      eventId: leniently(`${ours}event_id`),
      count: leniently(`${ours}count`),
      confidence: leniently("feed.accuracy"),
      tlp: leniently(`${ours}tlp`, "tlp"),
    },
    urlOf: "nobody",
    victimMembers: `${victim}.`,
    dropped: ["__type", "raw", "tlp", "malware.name", `${ours}source`, `${ours}kind`, `${ours}tlp`],
  };
}
