import { createHash } from "node:crypto";
import type { ObservationRecord } from "../../app/ports.ts";
import { makeLineFormat } from "../shared/lines.ts";
import { type Outgoing, outgoing } from "../shared/outgoing.ts";
import { isPlain } from "../shared/texts.ts";
import { categoryOf, endsOf, saysUrl } from "./event.ts";

/**
 * n6 events, one a line, as its Stream API has them. n6 says less than we know: what it would say falsely is left out (docs/exchange.md
 * lists what). An id of n6 is 32 hexadecimal digits: where the feed's own is none, one is made, and `tocsin` says so.
 */
export const n6 = makeLineFormat({ name: "n6", line: eventLine });

function eventLine(record: ObservationRecord): string | undefined {
  const out = outgoing(record);
  const category = categoryOf(out);
  const ends = category && endsOf(out, category);
  const restriction = restrictionOf(out.tlp);
  if (!category || !ends || !restriction || !saysUrl(out, category) || !saysRest(out))
    return undefined;
  if (out.family !== "" && !(category.malware && out.family.length <= 255)) return undefined;
  // Whether a back door is one of a web site, n6 tells by its having a name or a URL.
  const isSite = out.victimHost !== "" || out.url !== "";
  if (category.name === "backdoor" && isSite !== (out.kind === "web-backdoor")) return undefined;
  const event = {
    ...idOf(out),
    source: `tocsin.${out.feed.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-")}`,
    category: category.name,
    time: out.seenAt,
    ...(out.seenUntil === null ? {} : { until: out.seenUntil }),
    restriction,
    ...(out.confidence === null ? {} : { confidence: confidenceOf(out.confidence) }),
    ...(out.family === "" ? {} : { name: out.family }),
    ...ends,
    ...(out.protocol === "" ? {} : { proto: out.protocol }),
    ...(out.url === "" ? {} : { url: out.url }),
    ...(out.count === 1 ? {} : { count: Math.min(out.count, MOST_TIMES) }),
  };
  return `${JSON.stringify(event)}\n`;
}

const MOST_TIMES = 32_767;

function saysRest({ protocol, family, eventId }: Outgoing): boolean {
  return ["", "tcp", "udp", "icmp"].includes(protocol) && isPlain(family) && isPlain(eventId);
}

function idOf({ eventId, feed, identity }: Outgoing): object {
  if (/^[0-9a-f]{32}$/.test(eventId)) return { id: eventId };
  const id = createHash("sha256").update(`${feed}\n${identity}`).digest("hex").slice(0, 32);
  return { id, tocsin: { id: "made", ...(eventId === "" ? {} : { event_id: eventId }) } };
}

/** Whom n6 may show it to: nobody more than TLP says. There is no word for `red`. */
function restrictionOf(tlp: string): string | undefined {
  const words: Readonly<Record<string, string>> = {
    clear: "public",
    green: "need-to-know",
    amber: "need-to-know",
    "amber+strict": "internal",
  };
  return words[tlp];
}

/** The three words of n6, by the ranges of STIX 2.1 (appendix A). */
function confidenceOf(percent: number): string {
  if (percent < 30) return "low";
  return percent < 70 ? "medium" : "high";
}
