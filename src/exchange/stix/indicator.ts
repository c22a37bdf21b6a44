import { originOpens } from "../shared/direction.ts";
import type { Outgoing } from "../shared/outgoing.ts";
import { protocolName } from "../shared/protocol-names.ts";
import { extensionOf, labelled, malwareOf, moment, statement } from "./common.ts";
import { protocolsOf, type StixObject } from "./observables.ts";

/** Whether an observation is a listing: it names the bad host alone. */
export function isListing({ victim, victimHost, victimPort }: Outgoing): boolean {
  return victim === "" && victimHost === "" && victimPort === 0;
}

/** A listing as an indicator, linked with its family. */
export function indicator(out: Outgoing): StixObject[] {
  const time = moment(out.seenAt);
  const named = protocolName(out.protocol);
  const object: StixObject = {
    ...statement("indicator", out),
    ...labelled(out),
    name: [out.kind, out.family].filter(Boolean).join(": "),
    indicator_types: [/^(other|undetermined)$/.test(out.kind) ? "unknown" : "malicious-activity"],
    pattern: patternOf(out, named),
    pattern_type: "stix",
    pattern_version: "2.1",
    valid_from: time,
    extensions: extensionOf(out, {
      ...(out.protocol !== "" && named === "" ? { protocol: out.protocol } : {}),
      ...(out.count > 1 ? { count: out.count } : {}),
      ...(out.seenUntil === null ? {} : { seen_until: moment(out.seenUntil) }),
    }),
  };
  if (out.family === "") return [object];
  const malware = malwareOf(out.family);
  const link: StixObject = {
    ...statement("relationship", out),
    relationship_type: "indicates",
    source_ref: object.id,
    target_ref: malware.id,
  };
  return [malware, object, link];
}

/** One observation a kind of object, as a comparison of two kinds would never hold for one. */
function patternOf(out: Outgoing, protocol: string): string {
  const { origin, originPort: port, originHost: host, url } = out;
  const parts: string[][] = [];
  const type = origin.includes(":") ? "ipv6-addr" : "ipv4-addr";
  if (port !== 0 || protocol !== "") {
    const end = originOpens(out.kind) ? "src" : "dst";
    const [, transport] = protocolsOf(origin, protocol);
    parts.push([
      ...(origin === ""
        ? []
        : [
            `network-traffic:${end}_ref.type = '${type}'`,
            `network-traffic:${end}_ref.value = '${origin}'`,
          ]),
      ...(port === 0 ? [] : [`network-traffic:${end}_port = ${port}`]),
      ...(transport === undefined ? [] : [`network-traffic:protocols[*] = '${transport}'`]),
    ]);
  } else if (origin !== "") parts.push([`${type}:value = '${origin}'`]);
  if (host !== "") parts.push([`domain-name:value = '${quoted(host)}'`]);
  if (url !== "") parts.push([`url:value = '${quoted(url)}'`]);
  return parts.map((comparisons) => `[${comparisons.join(" AND ")}]`).join(" AND ");
}

function quoted(text: string): string {
  return text.replaceAll(/[\\']/g, "\\$&");
}
