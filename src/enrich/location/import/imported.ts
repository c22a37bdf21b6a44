import { RangeSet } from "../ranges.ts";

/** Why a line of a location table was not taken. */
export type LineFault =
  | "not-a-range"
  | "range-backwards"
  | "country-malformed"
  | "asn-malformed"
  | "columns-missing"
  | "record-malformed";

/** What became of a line. `skipped`: comment, header, summary, or a record that locates no address. */
export type LineVerdict = "taken" | "skipped" | LineFault;

/** The kind of a location table. */
export type TableFormat = "rir-delegated" | "prefix-asn" | "csv-ranges" | "mmdb";

/** A line that was not taken. */
export interface RefusedLine {
  readonly line: number;
  readonly reason: LineFault;
  /** At most 200 characters of it. */
  readonly text: string;
}

/** What was read out of one location table, for people; plain data. */
export interface ImportSummary {
  /** The file's name without its folder. */
  readonly file: string;
  readonly format: TableFormat;
  /** Ranges that say a country; an AS. */
  readonly countryRanges: number;
  readonly asnRanges: number;
  readonly skipped: number;
  readonly refused: number;
  /** The first refused lines. */
  readonly samples: readonly RefusedLine[];
  /** The day of the table, `YYYY-MM-DD`: from inside the file where it says, else of its last change. */
  readonly date: string;
}

/** The ranges of one or several location tables, as they are read. */
export class Imported {
  readonly countries = new RangeSet();
  readonly asns = new RangeSet();
  /** The last file's day from inside it, `YYYY-MM-DD`; `""` if it does not say. */
  date = "";
}

/** Reads one line of a table into what is imported. Never throws. */
export type ReadTableLine = (bytes: Buffer, from: number, to: number) => LineVerdict;
