import type { FeedFormat, Sample } from "../../app/ports.ts";
import {
  findText,
  type Header,
  LF,
  readHeader,
  RowScanner,
  shapes,
  TimeReader,
  unquote,
} from "../shared/csv/index.ts";
import {
  fitsType,
  makeReading,
  type MappedType,
  mappedColumns,
  openMapped,
  sourceOf,
} from "../shared/mapping/index.ts";
import type { PlainCsvMapping } from "./plain.ts";
import { toMapping } from "./to-mapping.ts";

/** How many rows of a file without header are looked at. */
const ROWS_TRIED = 10;

/** Reads CSV files with columns by name and ISO times, fast. */
export function makePlainCsv(config: PlainCsvMapping, title: string): FeedFormat {
  const mapping = toMapping(config);
  const type: MappedType = { name: config.name, mapping, needs: mappedColumns(mapping), knows: [] };
  const open = openMapped(() => mapping);
  return {
    name: config.name,
    title,
    recognise(sample) {
      const header =
        config.header === true ? named(sample, config) : nameless(sample, type, config.header);
      return header && fitsType(type, header) ? makeReading(config.name, type, header) : undefined;
    },
    open,
  };
}

function named(sample: Sample, { delimiter }: PlainCsvMapping): Header | undefined {
  return readHeader(sample.head, delimiter.charCodeAt(0));
}

/** Takes a file without header if one of its first rows has all columns, and a time in the column for it. */
function nameless(
  sample: Sample,
  { mapping }: MappedType,
  columns: readonly string[],
): Header | undefined {
  const skip = findText(sample.head);
  const text = Buffer.concat([sample.head.subarray(skip.bytes), Uint8Array.of(LF)]);
  const scanner = new RowScanner(columns.length, mapping.delimiter!.charCodeAt(0));
  const timeColumns = sourceOf(mapping, "seenAt")!.columns;
  const lower = columns.map((column) => column.toLowerCase());
  const times = new TimeReader();
  for (let at = 0, row = 0; at < text.length && row < ROWS_TRIED; at = scanner.next, row++) {
    if (scanner.scan(text, at, text.length) !== shapes.whole) continue;
    const cells = timeColumns.map((name) => lower.indexOf(name)).filter((cell) => cell >= 0);
    for (const cell of cells) {
      const bytes = Buffer.from(
        unquote(text, scanner.edges[cell]! + 1, scanner.edges[cell + 1]!).trim(),
      );
      if (!Number.isNaN(times.read(bytes, 0, bytes.length))) return { columns, skip };
    }
  }
  return undefined;
}
