import { isUtf8 } from "node:buffer";
import { unquote } from "./cell.ts";
import { CR, LF } from "./ascii.ts";
import { MOST_COLUMNS } from "./kernel/kernel.ts";
import { RowScanner, shapes } from "./row-scanner.ts";

/** The first row of a file, read as column names. */
export interface Header {
  /** Names without quotes and outer spaces, in the file's order and letter case; never two alike. */
  readonly columns: readonly string[];
  /** What comes before the first row. */
  readonly skip: { readonly bytes: number; readonly lines: number };
}

/** What of a file comes before its first row of text: a UTF-8 byte-order mark and blank lines. */
export function findText(head: Uint8Array): { bytes: number; lines: number } {
  let bytes = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  let lines = 0;
  for (; head[bytes] === LF || head[bytes] === CR; bytes++)
    if (head[bytes] === CR || head[bytes - 1] !== CR) lines++;
  return { bytes, lines };
}

/** Reads the header at a file's beginning; `undefined` if that is no line of text that names at least one column. */
export function readHeader(head: Uint8Array, delimiter: number): Header | undefined {
  const { bytes: from, lines } = findText(head);
  if (from >= head.length) return undefined;
  const scanner = new RowScanner(MOST_COLUMNS, delimiter);
  // A file of one line may have no line end; the scanner needs one.
  const text = Buffer.concat([head, Uint8Array.of(LF)]);
  const shape = scanner.scan(text, from, text.length);
  const row = text.subarray(from, scanner.next);
  if (shape === shapes.long || row.includes(0) || !isUtf8(row)) return undefined;
  const cells =
    shape === shapes.misquoted
      ? row.toString().split(String.fromCharCode(delimiter))
      : Array.from({ length: scanner.found }, (_, cell) =>
          unquote(text, scanner.edges[cell]! + 1, scanner.edges[cell + 1]!),
        );
  const names = cells.map((cell) => unquote(Buffer.from(cell.trim())).trim());
  if (names.every((name) => name === "")) return undefined;
  const bytes = Math.min(scanner.next, head.length);
  return { columns: nameColumns(names), skip: { bytes, lines: lines + scanner.lines } };
}

/** Gives nameless columns, and those whose name is taken, a name of their own. */
export function nameColumns(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, at) => {
    const stem = cell === "" ? `column_${at + 1}` : cell;
    let name = stem;
    for (let again = 2; taken.has(name.toLowerCase()); again++) name = `${stem}_${again}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
