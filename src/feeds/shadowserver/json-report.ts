import type { BlockReader, Reading } from "../../app/ports.ts";
import type { ObservationBuilder } from "../../core/observation/index.ts";
import { findText, type Header } from "../shared/csv/index.ts";

type Row = Readonly<Record<string, unknown>>;

const OPEN = 0x7b;
const BRACKET = 0x5b;
const MOST_TRIES = 64;

/** Whether the bytes begin as a JSON array or object. */
function isJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20);
  return first === OPEN || first === BRACKET;
}

/**
 * The columns of a report as JSON, an array of objects or an object a line: the members of the first object. `undefined`
 * if the file does not begin so.
 */
export function readMembers(head: Uint8Array): Header | undefined {
  const text = Buffer.from(head.subarray(findText(head).bytes));
  if (!isJson(text)) return undefined;
  const from = text.indexOf("{");
  // The brace that closes the object is not always the first one: others may stand in a text.
  for (let to = text.indexOf("}", from), tries = 0; to > 0 && tries < MOST_TRIES; tries++) {
    const [row] = parseRows(text.toString("utf8", from, to + 1));
    if (isRow(row)) return { columns: Object.keys(row), skip: { bytes: 0, lines: 0 } };
    to = text.indexOf("}", to + 1);
  }
  return undefined;
}

/** Reads a report as JSON by giving its objects to the reader of CSV, as rows of the columns that `reading` has. */
export class JsonReportReader implements BlockReader {
  readonly #reading: Reading;
  readonly #openRows: (reading: Reading) => BlockReader;

  constructor(reading: Reading, openRows: (reading: Reading) => BlockReader) {
    this.#reading = reading;
    this.#openRows = openRows;
  }

  read(block: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const text = Buffer.from(block.subarray(findText(block).bytes));
    // A row that waits in quarantine is a line of CSV.
    if (!isJson(text)) return this.#openRows(this.#reading).read(block, firstLine, into);
    const rows = parseRows(text.toString());
    const columns = new Set(this.#reading.columns);
    for (const row of rows.filter(isRow))
      for (const member of Object.keys(row)) columns.add(member);
    const reader = this.#openRows({ ...this.#reading, columns: [...columns] });
    rows.forEach((row, at) => {
      const cells = isRow(row) ? [...columns].map((column) => cellOf(row[column])) : [String(row)];
      const bytes = Buffer.from(cells.join());
      if (isRow(row)) reader.read(bytes, firstLine + at, into);
      else into.refuse("syntax-invalid", firstLine + at, bytes, 0, bytes.length);
    });
    return text.toString().trimEnd().split("\n").length;
  }
}

/** The objects of a JSON array, or of an object a line; a text in the place of what is none. */
function parseRows(text: string): unknown[] {
  const whole = parse(text);
  if (Array.isArray(whole)) return whole;
  if (isRow(whole)) return [whole];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => parse(line) ?? line);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A cell of CSV. Line breaks could make several rows of one. */
function cellOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const cell = value === null || text === undefined ? "" : text;
  return `"${cell.replaceAll(/[\r\n]+/g, " ").replaceAll('"', '""')}"`;
}
