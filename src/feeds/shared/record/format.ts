import type { FeedFormat, ReportedFact } from "../../../app/ports.ts";
import type { Tlp } from "../../../core/marking/index.ts";
import type { JsonObject } from "./json.ts";
import { RecordReader } from "./reader.ts";
import { sampleRecords } from "./sample.ts";
import { type Interpret, StatementTaker } from "./statements.ts";

/** What makes a format of JSON records. */
export interface RecordFormat {
  readonly name: string;
  readonly title: string;
  /** The mapping's version, such as `intelmq.event.1`. */
  readonly version: string;
  readonly tlp: Tlp;
  /** Whether a record is one of this format. */
  readonly fits: (record: JsonObject) => boolean;
  readonly interpret: Interpret;
  /** Where the feed's own word of a side's whereabouts stands; `extra` is the row's, if one is asked for. */
  readonly reported?: (
    extra: Readonly<Record<string, string>> | undefined,
  ) => Readonly<Partial<Record<ReportedFact, string>>>;
}

/** Makes a feed format of files that hold JSON records: one a line, or all in one document. */
export function makeRecordFormat(format: RecordFormat): FeedFormat {
  const { name, title, version, tlp, fits, interpret, reported } = format;
  // A reader is given again, as what it remembers of the names makes it fast; no row depends on it.
  const readers = new Map<string, RecordReader>();
  return {
    name,
    title,
    recognise(sample) {
      const { records, whole, skip } = sampleRecords(sample);
      if (!records.some(fits)) return undefined;
      return {
        format: name,
        type: name,
        mapping: version,
        columns: [],
        skip,
        tlp,
        notes: [],
        ...(whole ? { whole } : {}),
      };
    },
    open(reading) {
      const key = `${reading.tlp} ${reading.whole ?? false}`;
      let reader = readers.get(key);
      if (reader === undefined) {
        const taker = new StatementTaker(interpret, reading.tlp);
        readers.set(key, (reader = new RecordReader(taker, reading, "ones")));
      }
      return reader;
    },
    ...(reported ? { reported: (_reading, extra) => reported(extra) } : {}),
  };
}
