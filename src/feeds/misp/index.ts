import type { BlockReader, FeedFormat, Reading } from "../../app/ports.ts";
import type { ObservationBuilder } from "../../core/observation/index.ts";
import {
  ElementReader,
  type JsonObject,
  membersOf,
  type RowSource,
  RowWriter,
  type Span,
  textIn,
} from "../shared/document/index.ts";
import { type Assertions, readAttribute, readObject } from "./attributes.ts";
import { type EventFacts, noEvent, readEvent } from "./event.ts";
import { isMisp } from "./recognise.ts";
import { eventsIn } from "./spans.ts";

const reading: Reading = {
  format: "misp",
  type: "misp",
  mapping: "misp.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "amber",
  notes: [],
  whole: true,
};

/** Events of MISP as its feeds, exports and searches give them: their attributes and objects that name a host. */
export const misp: FeedFormat = {
  name: "misp",
  title: "MISP events: JSON of a feed, an export or a search",
  recognise: (sample) => (isMisp(sample) ? reading : undefined),
  open: ({ tlp }) => new MispReader(tlp),
};

type Read = (element: JsonObject, event: EventFacts, tlp: Reading["tlp"]) => Assertions;

class MispReader implements BlockReader {
  readonly #tlp: Reading["tlp"];

  constructor(tlp: Reading["tlp"]) {
    this.#tlp = tlp;
  }

  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const elements = new ElementReader(block, firstLine);
    const writer = new RowWriter(into);
    const write = (
      spans: readonly Span[],
      event: EventFacts,
      read: Read,
      within: Within | undefined,
    ): void => {
      for (const span of spans) {
        const element = elements.parse(span);
        const place = elements.source(span);
        const source = within ? { ...place, instead: () => within(place) } : place;
        if (typeof element === "string") {
          writer.refuse(element, source);
          continue;
        }
        const found = read(element, event, this.#tlp);
        if (typeof found === "string") writer.skip(found, source);
        else for (const one of found) writer.write(one, source);
      }
    };
    for (const { event, attributes, objects, proposals, reports } of eventsIn(block)) {
      const head = event && headOf(elements, event);
      const said = head ? readEvent(head) : noEvent;
      const family = said.family ?? payloadIn(attributes.map((span) => elements.peek(span)));
      const flagless = event !== undefined && !hasIndicator(block.subarray(event.from, event.to));
      const facts = { ...said, flagless, ...(family === undefined ? {} : { family }) };
      write(attributes, facts, readAttribute, head && wrap(head, "Attribute"));
      write(objects, facts, readObject, head && wrap(head, "Object"));
      for (const span of proposals) writer.skip("proposal", elements.source(span));
      for (const span of reports) writer.skip("context", elements.source(span));
    }
    return elements.lines;
  }
}

/** The final payload of an event without a family in its tags: what the one attribute for it names, if it is one. */
function payloadIn(attributes: readonly JsonObject[]): string | undefined {
  const payloads = attributes.filter(
    (attribute) =>
      textIn(attribute, "category").toLowerCase() === "payload type" &&
      /^(text|other|malware-type)$/.test(textIn(attribute, "type")),
  );
  const names = new Set(payloads.map((payload) => textIn(payload, "value")));
  const [name] = names;
  // A sentence is no name.
  return names.size === 1 && name !== "" && !/\s.*\s/.test(name!) ? name : undefined;
}

/** Whether an attribute, or one of an object, is marked as an indicator. */
function hasIndicator(event: Uint8Array): boolean {
  const text = Buffer.from(event.buffer, event.byteOffset, event.length).toString("latin1");
  return /"to_ids"\s*:\s*"?(true|1)\b/.test(text);
}

/** An element in an event with nothing else in it. */
type Within = (element: RowSource) => Uint8Array;

/** Puts an element, as it came, with what its event says: alone it would have another time and TLP. */
function wrap(head: JsonObject, member: string): Within {
  return ({ bytes, from, to }) => {
    const said = JSON.stringify({ ...head, uuid: head["uuid"] ?? "" });
    const before = Buffer.from(`{"Event":${said.slice(0, -1)},"${member}":[`);
    return Buffer.concat([before, bytes.subarray(from, to), Buffer.from("]}}")]);
  };
}

const heavy = new Set(["Attribute", "Object", "ShadowAttribute", "RelatedEvent", "EventReport"]);

/** What an event says itself, member by member: one of its attributes may be broken. */
function headOf(elements: ElementReader, event: Span): JsonObject {
  const members = membersOf(elements.bytes, event).filter(({ name }) => !heavy.has(name));
  return Object.fromEntries(members.map(({ name, value }) => [name, elements.peekValue(value)]));
}
