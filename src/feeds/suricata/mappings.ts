import { leniently, type RecordMapping } from "../shared/record/index.ts";
import { type End, other } from "./ends.ts";

/** The words of the rule sets' metadata; the numbers are those that STIX 2.1 (appendix A) gives such words. */
const confidence = new Map([
  ["low", "15"],
  ["medium", "50"],
  ["high", "85"],
]);

/** Names of the server, as the client called it. */
const hostMembers = [
  "http.hostname",
  "tls.sni",
  "quic.sni",
  "dns.rrname",
  "dns.query.rrname",
  "dns.queries.rrname",
];

const ends: readonly End[] = ["src", "dest"];

/** By victim, server, and whether the server only resolved a name. */
const mappings = ends.flatMap((victim) =>
  ends.flatMap((server) => [false, true].map((query) => makeMapping(victim, server, query))),
);

/** The mapping of an alert with this victim and this server; `query`: the server only resolved a name. */
export function mappingOf(victim: End, server: End, query: boolean): RecordMapping {
  return mappings[4 * ends.indexOf(victim) + 2 * ends.indexOf(server) + (query ? 1 : 0)]!;
}

function makeMapping(victim: End, server: End, query: boolean): RecordMapping {
  const origin = other(victim);
  const named = victim === server ? "victim" : "origin";
  const hideOrigin = query && origin === server;
  return {
    fields: {
      seenAt: ["timestamp"],
      victim: [`${victim}_ip`],
      victimPort: leniently(`${victim}_port`),
      ...(hideOrigin
        ? {}
        : { origin: leniently(`${origin}_ip`), originPort: leniently(`${origin}_port`) }),
      [`${named}Host`]: leniently(...hostMembers),
      protocol: ["proto"],
      family: leniently("alert.metadata.malware_family"),
      url: leniently("http.url"),
      eventId: leniently("event"),
      confidence: leniently("alert.metadata.confidence"),
    },
    urlOf: named,
    words: { confidence },
    victimMembers: `${victim}_`,
    // The bytes of the packet; the id that is put beside the event's own members, and what of it is different in every row.
    dropped: ["packet", "payload", "event", "flow_id"],
  };
}
