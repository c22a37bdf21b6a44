import type { BlockReader, FeedFormat, Reading } from "../../app/ports.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  SkipReason,
} from "../../core/observation/index.ts";
import {
  ElementReader,
  elementsOf,
  isList,
  type JsonObject,
  memberOf,
  own,
  type RowSource,
  RowWriter,
  type Span,
  textIn,
  topValues,
} from "../shared/document/index.ts";
import { assertions } from "./assertions.ts";
import { StixContext } from "./context.ts";
import { isStix } from "./recognise.ts";

const reading: Reading = {
  format: "stix",
  type: "stix",
  mapping: "stix.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "amber",
  notes: [],
  whole: true,
};

/** STIX 2.1 and 2.0: bundles, what a TAXII server answers, arrays of objects, and single objects. */
export const stix: FeedFormat = {
  name: "stix",
  title: "STIX 2.1 and 2.0: bundles, TAXII envelopes, arrays of objects",
  recognise: (sample) => (isStix(sample) ? reading : undefined),
  open: ({ tlp }) => new StixReader(tlp),
  reported: () => ({
    originAsn: "autonomous-system.number",
    victimAsn: "victim.autonomous-system.number",
  }),
};

class StixReader implements BlockReader {
  readonly #tlp: Reading["tlp"];

  constructor(tlp: Reading["tlp"]) {
    this.#tlp = tlp;
  }

  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const elements = new ElementReader(block, firstLine);
    const context = new StixContext(elements);
    const writer = new RowWriter(into);
    // What an object asserts depends on others that may stand behind it; so all are looked at first, and only those that assert are kept in mind.
    for (const { span, reason, skipped } of this.#look(elements, context)) {
      const source = elements.source(span);
      if (reason) writer.refuse(reason, source);
      else if (skipped) writer.skip(skipped, source);
      else this.#write(elements.peek(span), context, source, writer);
    }
    return elements.lines;
  }

  #write(object: JsonObject, context: StixContext, source: RowSource, writer: RowWriter): void {
    const type = textIn(object, "type");
    const found = assertions[type]!(object, context, this.#tlp);
    if (typeof found === "string") writer.refuse(found, source);
    else if ("skipped" in found) writer.skip(found.skipped, source);
    else if (found.length === 0)
      writer.skip(mayNameHosts.has(type) ? "names-no-host" : "context", source);
    else for (const one of found) writer.write(one, source);
  }

  #look(elements: ElementReader, context: StixContext): Looked[] {
    return objectsIn(elements.bytes).map((span) => {
      const object = elements.parse(span);
      if (typeof object === "string") return { span, reason: object };
      if (typeof own(object, "type") !== "string") return { span, reason: "field-invalid" };
      context.add(object, span);
      const type = textIn(object, "type");
      if (Object.hasOwn(assertions, type)) return { span };
      return { span, skipped: hostless.has(type) ? "names-no-host" : "context" };
    });
  }
}

/** An object's place; or also why it is not read. */
interface Looked {
  readonly span: Span;
  readonly reason?: RefusalReason;
  readonly skipped?: SkipReason;
}

const mayNameHosts = new Set(["indicator", "observed-data"]);

/** Observables that name no host, whoever speaks of them. */
const hostless = new Set(
  (
    "artifact directory email-addr email-message file mac-addr mutex process software " +
    "user-account windows-registry-key x509-certificate"
  ).split(" "),
);

/** The objects of a document, whatever they are wrapped in. */
function objectsIn(bytes: Uint8Array): Span[] {
  const values = topValues(bytes).flatMap((top) =>
    isList(bytes, top) ? elementsOf(bytes, top) : top,
  );
  return values.flatMap((value) => {
    const objects = memberOf(bytes, value, "objects");
    if (!objects) return isEmptyEnvelope(bytes, value) ? [] : value;
    // Observed data of STIX 2.0 have their own objects, as an object.
    return isList(bytes, objects) ? elementsOf(bytes, objects) : value;
  });
}

function isEmptyEnvelope(bytes: Uint8Array, value: Span): boolean {
  const type = memberOf(bytes, value, "type");
  return memberOf(bytes, value, "more") !== undefined && type === undefined;
}
