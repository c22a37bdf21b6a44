/** A row of a CSV file: its cells by the names of the header. */
export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** How many cells it has more than the header. */
  readonly surplus: number;
}

/**
 * A CSV file with a header (RFC 4180; LF or CRLF; blanks around a cell are no part of it). Empty lines and lines that
 * begin with `#` are no rows.
 */
export function csvRows(text: string): { header: string[]; rows: CsvRow[] } {
  const [first, ...rest] = records(text);
  const header = (first?.cells ?? []).map((name) => name.toLowerCase());
  const rows = rest.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])),
    surplus: Math.max(0, cells.length - header.length),
  }));
  return { header, rows };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
}

/**
 * One cell and what follows it: a quoted one with doubled quotes inside, or what stands before the next comma or line
 * end.
 */
const CELL = /[ \t]*(?:"((?:[^"]|"")*)"[^,\r\n]*|([^,\r\n]*))(,|\r?\n|\r|$)/y;

function records(text: string): CsvRecord[] {
  const found: CsvRecord[] = [];
  let line = 1;
  let record: CsvRecord = { line, cells: [] };
  CELL.lastIndex = 0;
  while (CELL.lastIndex <= text.length) {
    const match = CELL.exec(text);
    if (match === null) break;
    const [all, quoted, plain = "", end] = match;
    record.cells.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    line += all.split("\n").length - 1;
    if (end === ",") continue;
    const [only = ""] = record.cells;
    if (record.cells.length > 1 || (only !== "" && !only.startsWith("#"))) found.push(record);
    record = { line, cells: [] };
    if (end === "" || end === undefined) break;
  }
  return found.filter(({ cells: [only = ""] }) => !only.startsWith("#"));
}
