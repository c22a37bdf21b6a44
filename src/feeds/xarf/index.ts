import type { BlockReader, FeedFormat, Reading, Sample } from "../../app/ports.ts";
import type { ObservationBuilder } from "../../core/observation/index.ts";
import { readXarf, xarfVersion } from "../shared/abuse-report/index.ts";
import {
  ElementReader,
  elementsOf,
  isList,
  RowWriter,
  type Span,
  topValues,
} from "../shared/document/index.ts";

/** XARF: abuse reports in JSON, one to a file, in an array, or one after another. Version 4, and 1 to 3. */
export const xarf: FeedFormat = {
  name: "xarf",
  title: "XARF abuse reports (version 4, and 1 to 3): JSON, one report, an array or many lines",
  recognise(sample) {
    return isXarf(sample) ? reading : undefined;
  },
  open: ({ tlp }) => new XarfReader(tlp),
  reported: () => ({
    originAsn: "asn",
    originCountry: "country_code",
    victimAsn: "victim.asn",
    victimCountry: "victim.country_code",
  }),
};

const reading: Reading = {
  format: "xarf",
  type: "xarf",
  mapping: "xarf.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "amber",
  notes: [],
  whole: true,
};

class XarfReader implements BlockReader {
  readonly #tlp: Reading["tlp"];

  constructor(tlp: Reading["tlp"]) {
    this.#tlp = tlp;
  }

  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const elements = new ElementReader(block, firstLine);
    const writer = new RowWriter(into);
    for (const span of reportsIn(block)) {
      const source = elements.source(span);
      const report = elements.parse(span);
      if (typeof report === "string") writer.refuse(report, source);
      else if (xarfVersion(report) === undefined) writer.refuse("field-invalid", source);
      else writer.write(readXarf(report, this.#tlp), source);
    }
    return elements.lines;
  }
}

function reportsIn(bytes: Uint8Array): Span[] {
  return topValues(bytes).flatMap((value) =>
    isList(bytes, value) ? elementsOf(bytes, value) : value,
  );
}

/** Whether the first report is one; it may be cut off, so it is looked for in what is there of it. */
function isXarf({ head }: Sample): boolean {
  const [first] = reportsIn(head);
  if (!first) return false;
  const text = Buffer.from(head.subarray(first.from, first.to)).toString();
  if (!text.startsWith("{")) return false;
  if (/"xarf_version"\s*:/.test(text)) return true;
  return /"ReporterInfo"\s*:/.test(text) && /"Report"\s*:/.test(text);
}
