import type { ExchangeFormat, ExchangeWriter, ObservationRecord } from "../../app/ports.ts";
import { type Outgoing, outgoing } from "../shared/outgoing.ts";
import { ownUuid } from "../shared/uuid.ts";
import { attributesOf } from "./attributes.ts";

/**
 * MISP events with an object an observation. An event has one TLP label and at most 1,000 objects, as MISP gets slow with more.
 * `misp` of the feeds reads them back.
 */
export const misp: ExchangeFormat = { name: "misp", open: () => new EventsWriter() };

const MOST_OBJECTS = 1000;

class EventsWriter implements ExchangeWriter {
  #events = 0;

  begin(): string {
    return '{"response":[';
  }

  write(records: readonly ObservationRecord[]): { text: string; written: number } {
    const all = records.map(outgoing);
    let text = "";
    for (const tlp of new Set(all.map((out) => out.tlp))) {
      const observations = all.filter((out) => out.tlp === tlp);
      for (let at = 0; at < observations.length; at += MOST_OBJECTS) {
        const event = eventOf(tlp, observations.slice(at, at + MOST_OBJECTS));
        text += `${this.#events++ === 0 ? "\n" : ",\n"}${event}`;
      }
    }
    return { text, written: records.length };
  }

  end(): string {
    return "\n]}\n";
  }
}

/** An event, with an object a line: so whoever refuses one can say which. */
function eventOf(tlp: string, observations: readonly Outgoing[]): string {
  const head = JSON.stringify(headOf(tlp, observations)).slice(0, -1);
  const objects = observations.map((out) => JSON.stringify(objectOf(out))).join(",\n");
  return `{"Event":${head},"Object":[\n${objects}\n]}}`;
}

function headOf(tlp: string, observations: readonly Outgoing[]): object {
  const times = observations.map(({ seenAt }) => seenAt).sort();
  const [first, last] = [times[0]!, times.at(-1)!];
  return {
    uuid: ownUuid("misp-event", ...observations.map(({ feed, identity }) => `${feed} ${identity}`)),
    info: `${observations.length} observations, ${first} to ${last}`,
    date: first.slice(0, 10),
    timestamp: seconds(last),
    // What others may do with it is said by the label; who publishes it says how far MISP itself carries it.
    distribution: "0",
    threat_level_id: "4",
    analysis: "2",
    published: false,
    Orgc: { name: "Tocsin", uuid: "0326a52a-90da-4b06-9fcd-37b6acf91d3d" },
    Tag: [{ name: `tlp:${tlp}` }],
    Attribute: [],
  };
}

function objectOf(out: Outgoing): object {
  const uuid = ownUuid("misp-object", out.feed, out.identity);
  return {
    uuid,
    name: "network-connection",
    "meta-category": "network",
    description: "A local or remote network connection.",
    template_uuid: "af16764b-f8e5-4603-9de1-de34d272f80b",
    template_version: "2",
    timestamp: seconds(out.seenAt),
    distribution: "5",
    first_seen: out.seenAt,
    ...(out.seenUntil === null ? {} : { last_seen: out.seenUntil }),
    Attribute: attributesOf(out, uuid),
  };
}

function seconds(time: string): string {
  return String(Math.floor(Date.parse(time) / 1000));
}
