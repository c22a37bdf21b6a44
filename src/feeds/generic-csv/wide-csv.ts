import type { FeedFormat, Reading, Sample } from "../../app/ports.ts";
import {
  makeListFormat,
  readIndicator,
  readMoment,
  readPreamble,
  splitCells,
} from "../shared/list/index.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import { nameOf, toListType } from "./to-list-type.ts";
import { versionOf } from "./to-mapping.ts";

/** What the versions of mappings for this reader end with. */
const WIDE = "w";

/** Whether a file was recognised for this reader. */
export function isWide({ mapping }: Reading): boolean {
  return mapping.endsWith(WIDE);
}

/** Reads CSV files however their columns are found and their times are written. */
export function makeWideCsv(config: CsvMapping, title: string): FeedFormat {
  const type = toListType(config, versionOf(config) + WIDE);
  const format = makeListFormat({ name: config.name, title, types: [type] });
  const named = config.header === true || config.header === "comment";
  return {
    ...format,
    recognise(sample) {
      const reading = format.recognise(sample);
      return reading && (named || looksRight(config, sample, reading)) ? reading : undefined;
    },
  };
}

/** Whether one of the first rows of a file without header has a time where it should or, if none is mapped, a host. */
function looksRight(config: CsvMapping, sample: Sample, { columns }: Reading): boolean {
  const { time, ...others } = config.columns;
  const { victim, origin, victimIndicator, originIndicator, url, victimHost, originHost } = others;
  const hosts = [victim, origin, victimIndicator, originIndicator, url, victimHost, originHost];
  const wanted = time === undefined ? hosts : [time];
  const places = wanted
    .flat()
    .filter((column) => column !== undefined)
    .map((column) => placeOf(nameOf(column), columns));
  const rows = readPreamble(sample.head, config.comments ?? [], config.skipLines)?.rows ?? [];
  return rows.some((row) => {
    const cells = splitCells(row, config.delimiter) ?? [];
    return places.some((place) => {
      const text = cells[place] ?? "";
      return time === undefined
        ? readIndicator(text) !== undefined
        : !Number.isNaN(readMoment(text));
    });
  });
}

function placeOf(name: string, columns: readonly string[]): number {
  const found = columns.findIndex((column) => column.toLowerCase() === name);
  return found >= 0 ? found : Number(name.slice(1)) - 1;
}
