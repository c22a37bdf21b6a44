import type { BlockReader, FeedFormat, Reading } from "../../../app/ports.ts";
import type { ObservationBuilder } from "../../../core/observation/index.ts";
import { textOf } from "./entities.ts";
import { isPage, type Table, type TableRow, tablesIn } from "./tables.ts";

const delimiters = [",", ";", "\t", "|"];

/**
 * The same format, which also takes a page in HTML with a table as it takes a file of CSV, and the items of an RSS channel: it is given
 * the rows as lines. Of several tables those are read that it knows by their headings; or the first whose rows it takes.
 */
export function withPages(format: FeedFormat): FeedFormat {
  return {
    ...format,
    recognise(sample) {
      const text = Buffer.from(sample.head)
        .toString()
        .replace(/^\ufeff/, "");
      if (!isPage(text)) return format.recognise(sample);
      const name = `${sample.name} ${titleOf(text)}`;
      for (const table of tablesIn(text))
        for (const delimiter of delimiters) {
          const head = Buffer.from(table.map((row) => lineOf(row, delimiter)).join(""));
          const reading = format.recognise({ ...sample, name, head });
          if (reading && !reading.whole) return pageReading(reading, delimiter);
        }
      return undefined;
    },
    open: (reading) =>
      reading.table === undefined
        ? format.open(reading)
        : new PageReader(reading, reading.table, format.open(reading)),
  };
}

/** The title of a page or a channel: what it says of itself. */
function titleOf(page: string): string {
  return textOf(/<title\b[^>]*>([\s\S]{0,400}?)<\/title/i.exec(page)?.[1] ?? "");
}

function pageReading(reading: Reading, table: string): Reading {
  const notes = [...reading.notes, "rows of a table in a page"];
  return { ...reading, skip: { bytes: 0, lines: 0 }, notes, whole: true, table };
}

/** A row as a line of CSV. */
function lineOf({ cells }: Pick<TableRow, "cells">, delimiter: string): string {
  const plain = (cell: string): boolean => !cell.includes(delimiter) && !cell.includes('"');
  const texts = cells.map((cell) => (plain(cell) ? cell : `"${cell.replaceAll('"', '""')}"`));
  // A line with nothing in it would be no row.
  return `${cells.length === 1 && texts[0] === "" ? '""' : texts.join(delimiter)}\n`;
}

class PageReader implements BlockReader {
  readonly #columns: readonly string[];
  readonly #delimiter: string;
  readonly #rows: BlockReader;

  constructor({ columns }: Reading, delimiter: string, rows: BlockReader) {
    this.#columns = columns;
    this.#delimiter = delimiter;
    this.#rows = rows;
  }

  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const text = Buffer.from(block).toString();
    // A row that waits in quarantine is a line of CSV.
    if (!isPage(text.replace(/^\ufeff/, ""))) return this.#rows.read(block, firstLine, into);
    for (const { cells, line } of this.#rowsOf(tablesIn(text)))
      this.#rows.read(Buffer.from(lineOf({ cells }, this.#delimiter)), firstLine + line, into);
    const lines = text.split("\n").length;
    return text.endsWith("\n") ? lines - 1 : lines;
  }

  #rowsOf(tables: readonly Table[]): TableRow[] {
    const named = tables.filter(([first]) => first !== undefined && this.#names(first));
    if (named.length > 0) return named.flatMap((table) => table.slice(1)).filter(isData);
    const width = this.#columns.length;
    const table = tables.find((rows) =>
      rows.some((row) => isData(row) && row.cells.length === width),
    );
    return (table ?? []).filter(isData);
  }

  /** Whether a row has the names of the columns. Such as have none are called by their numbers. */
  #names({ cells }: TableRow): boolean {
    const columns = this.#columns;
    if (cells.length !== columns.length) return false;
    return cells.every((cell, at) => cell === "" || columns[at]!.startsWith(cell));
  }
}

function isData({ heading }: TableRow): boolean {
  return !heading;
}
