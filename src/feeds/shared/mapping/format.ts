import type { BlockReader, FeedFormat, Reading, Sample } from "../../../app/ports.ts";
import { COMMA, type Header, readHeader } from "../csv/index.ts";
import { type Mapping, mappedColumns } from "./mapping.ts";
import { MappedReader } from "./reader.ts";

/** One kind of file of a format: its mapping, and how it is told from others. */
export interface MappedType {
  readonly name: string;
  readonly mapping: Mapping;
  /** Columns that a file of this type always has, in lower case. */
  readonly needs: readonly string[];
  /** Columns that it may have besides, and that have no field: they go to `extra` without a word. */
  readonly knows: readonly string[];
}

/** What makes a format of CSV files out of types. */
export interface MappedFormat {
  readonly name: string;
  readonly title: string;
  readonly types: readonly MappedType[];
  /** Chooses the type; by default the first one whose columns are all there. */
  readonly choose?: (
    types: readonly MappedType[],
    header: Header,
    sample: Sample,
  ) => MappedType | undefined;
}

/** Whether the header has all columns that the type needs. */
export function fitsType(type: MappedType, header: Header): boolean {
  const names = new Set(header.columns.map((column) => column.toLowerCase()));
  return type.needs.every((column) => names.has(column));
}

/** The columns of the header that the type neither maps nor knows. */
export function unknownColumns(type: MappedType, header: Header): string[] {
  const known = new Set([...mappedColumns(type.mapping), ...type.needs, ...type.knows]);
  return header.columns.filter((column) => !known.has(column.toLowerCase()));
}

/** Makes a feed format of mapped types of CSV files, all with a header. */
export function makeMappedFormat({ name, title, types, choose }: MappedFormat): FeedFormat {
  const pick = choose ?? ((all, header) => all.find((type) => fitsType(type, header)));
  const byName = new Map(types.map((type) => [type.name, type]));
  return {
    name,
    title,
    recognise(sample) {
      const header = readHeader(sample.head, COMMA);
      const type = header && pick(types, header, sample);
      return type && makeReading(name, type, header);
    },
    open: openMapped((type) => byName.get(type)!.mapping),
    reported: ({ type }) => byName.get(type)!.mapping.reported ?? {},
  };
}

/** How many readers are kept. */
const MOST_READERS = 8;

/**
 * Makes the `open` of a format. A reader is given again for an equal reading, as what it remembers of the cells makes it
 * fast; no row depends on it.
 */
export function openMapped(
  mappingOf: (type: string) => Mapping,
): (reading: Reading) => BlockReader {
  const readers = new Map<string, MappedReader>();
  return (reading) => {
    const key = JSON.stringify([reading.type, reading.columns, reading.tlp]);
    let reader = readers.get(key);
    if (reader === undefined) {
      if (readers.size === MOST_READERS) readers.clear();
      const mapping = { ...mappingOf(reading.type), tlp: reading.tlp };
      reader = new MappedReader(mapping, reading.columns);
      readers.set(key, reader);
    }
    return reader;
  };
}

/** How a file of this type with this header is to be read. */
export function makeReading(format: string, type: MappedType, header: Header): Reading {
  const unknown = unknownColumns(type, header);
  const note = `columns without a field, kept in extra: ${unknown.join(", ")}`;
  return {
    format,
    type: type.name,
    mapping: type.mapping.version,
    columns: header.columns,
    skip: header.skip,
    tlp: type.mapping.tlp,
    notes: unknown.length > 0 ? [note] : [],
  };
}
