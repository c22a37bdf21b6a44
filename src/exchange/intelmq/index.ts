import type { ObservationRecord } from "../../app/ports.ts";
import { rsitOf } from "../shared/direction.ts";
import { makeLineFormat } from "../shared/lines.ts";
import { type Outgoing, outgoing } from "../shared/outgoing.ts";
import { protocolName } from "../shared/protocol-names.ts";
import { isPlain } from "../shared/texts.ts";
import { sourceOf, urlSideOf } from "./sides.ts";

type Event = Record<string, string | number>;

/**
 * IntelMQ 3 events, one a line, flat. What IntelMQ has no field for, or has one that would change it, stands in `extra.tocsin.*`:
 * who the source is, the feed's event id, names in their own letter case. `intelmq` of the feeds reads it back.
 */
export const intelmq = makeLineFormat({ name: "intelmq", line: eventLine });

function eventLine(record: ObservationRecord): string | undefined {
  const out = outgoing(record);
  // Who reads JSON lines of events takes blanks around a text for nothing.
  if (![out.family, out.victimHost, out.originHost, out.url, out.eventId].every(isPlain))
    return undefined;
  const { of, type } = rsitOf(out.kind);
  const source = sourceOf(out.kind);
  const event: Event = {
    __type: "Event",
    "time.source": withOffset(out.seenAt),
    "feed.name": out.feed,
    "classification.taxonomy": of,
    "classification.type": type,
    "extra.tocsin.source": source,
    tlp: tlpWord(out.tlp),
    "extra.tocsin.tlp": out.tlp,
  };
  if (type !== out.kind) {
    event["classification.identifier"] = out.kind;
    event["extra.tocsin.kind"] = out.kind;
  }
  addSide(event, out, "victim", source === "victim" ? "source" : "destination");
  addSide(event, out, "origin", source === "origin" ? "source" : "destination");
  addUrl(event, out, source);
  addRest(event, out);
  for (const [name, text] of Object.entries(out.extra))
    if (text !== "") event[name.startsWith("extra.") ? name : `extra.${name}`] = text;
  return `${JSON.stringify(event)}\n`;
}

function addSide(
  event: Event,
  out: Outgoing,
  side: "victim" | "origin",
  as: "source" | "destination",
): void {
  if (out[side] !== "") event[`${as}.ip`] = out[side];
  if (out[`${side}Port`] !== 0) event[`${as}.port`] = out[`${side}Port`];
  const host = out[`${side}Host`];
  if (isName(host)) event[`${as}.fqdn`] = host;
  else if (host !== "") event[`extra.tocsin.${side}_host`] = host;
  if (out[`${side}Asn`] !== 0) event[`${as}.asn`] = out[`${side}Asn`];
  const country = out[`${side}Country`];
  if (/^[A-Z]{2}$/.test(country)) event[`${as}.geolocation.cc`] = country;
}

/** The URL stands with the side whose it is, if that one is named at all. */
function addUrl(event: Event, out: Outgoing, source: string): void {
  const { url } = out;
  if (url === "") return;
  const usual = urlSideOf(out.kind);
  const other = usual === "victim" ? "origin" : "victim";
  const side = out[usual] === "" && out[`${usual}Host`] === "" ? other : usual;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i.test(url)) event["extra.tocsin.url"] = url;
  else event[side === source ? "source.url" : "destination.url"] = url;
}

function addRest(event: Event, out: Outgoing): void {
  const { family } = out;
  const lower = family.toLowerCase();
  if (/^[ -~]+$/.test(family)) event["malware.name"] = lower;
  if (family !== "" && event["malware.name"] !== family) event["extra.tocsin.family"] = family;
  const protocol = protocolName(out.protocol);
  if (protocol !== "") event["protocol.transport"] = protocol;
  else if (out.protocol !== "") event["extra.tocsin.protocol"] = out.protocol;
  if (out.eventId !== "") event["extra.tocsin.event_id"] = out.eventId;
  if (out.count > 1) event["extra.tocsin.count"] = out.count;
  if (out.seenUntil !== null) event["extra.tocsin.seen_until"] = withOffset(out.seenUntil);
  if (out.confidence !== null) event["feed.accuracy"] = out.confidence;
}

/** IntelMQ writes UTC as an offset. */
function withOffset(time: string): string {
  return time.endsWith("Z") ? `${time.slice(0, -1)}+00:00` : time;
}

/** IntelMQ has the labels of TLP 1; a label that it lacks becomes the next stricter one. */
function tlpWord(tlp: string): string {
  const words: Readonly<Record<string, string>> = {
    clear: "WHITE",
    green: "GREEN",
    amber: "AMBER",
  };
  return words[tlp] ?? "RED";
}

/** A name as IntelMQ's FQDN takes it unchanged. */
function isName(host: string): boolean {
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]*$/.test(host);
}
