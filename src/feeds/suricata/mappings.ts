import { leniently, RecordPlan } from "../shared/record/index.ts";
import { type End, other } from "./ends.ts";

/** The words of the rule sets' metadata; the numbers are those that STIX 2.1 (appendix A) gives such words. */
const confidence = new Map([
  ["low", "15"],
  ["medium", "50"],
  ["high", "85"],
]);

/** Names of the server, as the client called it. */
const hostMembers = ["http.hostname", "tls.sni", "quic.sni", "query"];

const plans = new Map<string, RecordPlan>();

/** The plan for an alert with this victim and this server; `query`: the server only resolved a name. */
export function planOf(victim: End, server: End, query: boolean): RecordPlan {
  const key = `${victim} ${server} ${query}`;
  let plan = plans.get(key);
  if (plan === undefined) plans.set(key, (plan = makePlan(victim, server, query)));
  return plan;
}

function makePlan(victim: End, server: End, query: boolean): RecordPlan {
  const origin = other(victim);
  const named = victim === server ? "victim" : "origin";
  const hideOrigin = query && origin === server;
  return new RecordPlan({
    fields: {
      seenAt: ["timestamp"],
      victim: [`${victim}_ip`],
      victimPort: leniently(`${victim}_port`),
      ...(hideOrigin
        ? {}
        : { origin: leniently(`${origin}_ip`), originPort: leniently(`${origin}_port`) }),
      [`${named}Host`]: leniently(...hostMembers),
      protocol: ["proto"],
      family: leniently("family"),
      url: leniently("http.url"),
      eventId: leniently("event"),
      confidence: leniently("confidence"),
    },
    urlOf: named,
    words: { confidence },
    victimMembers: `${victim}_`,
    // The bytes of the packet, and members that the reader puts beside the event's own.
    dropped: ["packet", "payload", "event", "family", "confidence", "query"],
  });
}
