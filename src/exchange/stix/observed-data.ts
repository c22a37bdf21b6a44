import { originOpens } from "../shared/direction.ts";
import type { Outgoing } from "../shared/outgoing.ts";
import { protocolName } from "../shared/protocol-names.ts";
import { extensionOf, labelled, malwareOf, moment, statement } from "./common.ts";
import {
  addressObject,
  domainObject,
  type End,
  protocolsOf,
  type StixObject,
  trafficObject,
  urlObject,
} from "./observables.ts";

const MOST_TIMES = 999_999_999;

/** One side of an observation as observables. */
interface Side extends End {
  readonly objects: readonly StixObject[];
  /** For the extension. */
  readonly refs: object;
}

/** An observation as observed data, with its observables and, if it has a family, the sighting of that. */
export function observedData(out: Outgoing): StixObject[] {
  const victim = sideOf(out, "victim");
  const origin = sideOf(out, "origin");
  const traffic = trafficOf(out, victim, origin);
  const url = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i.test(out.url) ? urlObject(out.url) : undefined;
  const observables = [...victim.objects, ...origin.objects, traffic, url].filter(
    (object) => object !== undefined,
  );
  const first = moment(out.seenAt);
  const last = out.seenUntil === null ? first : moment(out.seenUntil);
  const span = { first_observed: first, last_observed: last > first ? last : first };
  const data: StixObject = {
    ...statement("observed-data", out),
    ...labelled(out),
    ...span,
    number_observed: Math.min(out.count, MOST_TIMES),
    object_refs: [...new Set(observables.map(({ id }) => id))],
    extensions: extensionOf(out, {
      victim: victim.refs,
      origin: origin.refs,
      ...(traffic ? { traffic_ref: traffic.id } : {}),
      victim_end: originOpens(out.kind) ? "dst" : "src",
      ...unnamed(out),
      ...(out.url === "" ? {} : url ? { url_ref: url.id } : { url: out.url }),
    }),
  };
  return [...observables, data, ...sightingOf(out, data, span)];
}

function sideOf(out: Outgoing, side: "victim" | "origin"): Side {
  const address = out[side] === "" ? undefined : addressObject(out[side]);
  const host = out[`${side}Host`] === "" ? undefined : domainObject(out[`${side}Host`]);
  return {
    ref: address?.id ?? host?.id,
    port: out[`${side}Port`],
    objects: [address, host].filter((object) => object !== undefined),
    refs: {
      ...(address ? { address_ref: address.id } : {}),
      ...(host ? { host_ref: host.id } : {}),
    },
  };
}

/** The connection, where there is more to say than one host's name. */
function trafficOf(out: Outgoing, victim: Side, origin: Side): StixObject | undefined {
  const both = victim.ref !== undefined && origin.ref !== undefined;
  if (!both && victim.port === 0 && origin.port === 0 && out.protocol === "") return undefined;
  const protocols = protocolsOf(out.victim || out.origin, protocolName(out.protocol));
  return originOpens(out.kind)
    ? trafficObject(origin, victim, protocols)
    : trafficObject(victim, origin, protocols);
}

/** A protocol that has a number only. */
function unnamed({ protocol }: Outgoing): object {
  return protocol !== "" && protocolName(protocol) === "" ? { protocol } : {};
}

function sightingOf(
  out: Outgoing,
  data: StixObject,
  span: { first_observed: string; last_observed: string },
): StixObject[] {
  if (out.family === "") return [];
  const malware = malwareOf(out.family);
  const sighting: StixObject = {
    ...statement("sighting", out),
    first_seen: span.first_observed,
    last_seen: span.last_observed,
    count: Math.min(out.count, MOST_TIMES),
    sighting_of_ref: malware.id,
    observed_data_refs: [data.id],
  };
  return [malware, sighting];
}
