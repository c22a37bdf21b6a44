import type { BlockReader, FeedFormat, Reading, Sample } from "../../../app/ports.ts";
import { RecordReader } from "../record/index.ts";
import { EnvelopeReader } from "./envelope-reader.ts";
import { ListTaker } from "./list-taker.ts";
import type { ListType } from "./list-type.ts";
import { recogniseList } from "./recognise-list.ts";
import { RecordFiller } from "./record-filler.ts";
import { type RecordMapping, reportedFacts } from "./record-mapping.ts";
import { TextReader } from "./text-reader.ts";

/** A publisher's lists: the first type that fits a file is its own. */
export interface ListFormat {
  readonly name: string;
  readonly title: string;
  readonly types: readonly ListType[];
}

/** How many readers are kept. */
const MOST_READERS = 8;

/** Makes a feed format of list types. */
export function makeListFormat({ name, title, types }: ListFormat): FeedFormat {
  const byName = new Map(types.map((type) => [type.name, type]));
  const readers = new Map<string, BlockReader>();
  return {
    name,
    title,
    recognise(sample) {
      const { wanted, ...unasked } = sample;
      const own = firstReading(name, types, unasked);
      // Where the file does not say of which type it is, the last that fits is the most general.
      return own ?? (wanted ? firstReading(name, types.toReversed(), sample) : undefined);
    },
    open(reading) {
      const { type, columns, tlp, listedAt, whole } = reading;
      const key = JSON.stringify([type, columns, tlp, listedAt, whole]);
      let reader = readers.get(key);
      if (reader === undefined) {
        if (readers.size === MOST_READERS) readers.clear();
        readers.set(key, (reader = openList(byName.get(type)!, reading)));
      }
      return reader;
    },
    reported: ({ type, columns }) => reportedFacts(namedAsIn(columns, byName.get(type)!.mapping)),
  };
}

function firstReading(
  name: string,
  types: readonly ListType[],
  sample: Sample,
): Reading | undefined {
  for (const type of types) {
    const reading = recogniseList(name, type, sample);
    if (reading !== undefined) return reading;
  }
  return undefined;
}

function openList(type: ListType, reading: Reading): BlockReader {
  const mapping = namedAsIn(reading.columns, { ...type.mapping, tlp: reading.tlp });
  const listedAt = reading.listedAt === undefined ? Number.NaN : Date.parse(reading.listedAt);
  const taker = new ListTaker(type, new RecordFiller(mapping, listedAt));
  if (type.json === undefined) return new TextReader(type, reading.columns, taker);
  const { under, records } = type.json;
  if (under === undefined && records === undefined)
    return new RecordReader(taker, reading, "items");
  return new EnvelopeReader({ under, records }, taker);
}

/** The mapping with the column names that the file writes, which may be of other letter case; `#3` is the third. */
function namedAsIn(columns: readonly string[], mapping: RecordMapping): RecordMapping {
  const own = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const name = (column: string): string =>
    own.get(column.toLowerCase()) ?? columns[Number(column.slice(1)) - 1] ?? column;
  const names = (record: object): object =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]: [string, string | readonly string[]]) => [
        key,
        typeof value === "string" ? name(value) : value.map(name),
      ]),
    );
  const { kind } = mapping;
  return {
    ...mapping,
    fields: names(mapping.fields) as RecordMapping["fields"],
    ...(mapping.reported ? { reported: names(mapping.reported) } : {}),
    ...(typeof kind === "string" ? {} : { kind: { ...kind, columns: kind.columns.map(name) } }),
  };
}
