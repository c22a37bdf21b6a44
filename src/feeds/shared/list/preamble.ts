import { findText } from "../csv/index.ts";
import { readMoment } from "./moment.ts";

/** The beginning of a text file, in lines. */
export interface Preamble {
  /** What the comments say, each without its mark. */
  readonly comments: readonly string[];
  /** The comments before the first row. */
  readonly above: readonly string[];
  /** The first rows, and where the row behind the first begins. */
  readonly rows: readonly string[];
  readonly afterFirst: { readonly bytes: number; readonly lines: number };
  /** Where the text begins. */
  readonly start: { readonly bytes: number; readonly lines: number };
}

/** How many rows are looked at. */
const ROWS_TRIED = 20;

/** Whether a line says nothing: it is blank or begins, perhaps behind blanks, with the mark of a comment. */
export function isComment(line: string, marks: readonly string[]): boolean {
  const text = line.trimStart();
  return text === "" || marks.some((mark) => text.startsWith(mark));
}

/** Reads comments and the first rows. `skipLines` lines are left out before anything else. */
export function readPreamble(
  head: Uint8Array,
  marks: readonly string[],
  skipLines = 0,
): Preamble | undefined {
  const start = findText(head);
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const comments: string[] = [];
  const rows: string[] = [];
  let above: readonly string[] = [];
  let afterFirst = start;
  let { bytes: at, lines } = start;
  for (let line = 0; line < skipLines && at < bytes.length; line++, lines++)
    at = lineEnd(bytes, at);
  const begin = { bytes: at, lines };
  while (at < bytes.length) {
    const end = lineEnd(bytes, at);
    const line = bytes.toString("utf8", at, end).replace(/\r?\n$/, "");
    lines++;
    at = end;
    if (isComment(line, marks)) {
      const mark = marks.find((it) => line.trimStart().startsWith(it)) ?? "";
      comments.push(line.trimStart().slice(mark.length).trim());
    } else if (line.includes("\0")) {
      // Binary data; behind text only a bad row.
      if (rows.length === 0) return undefined;
    } else if (rows.length < ROWS_TRIED) {
      if (rows.length === 0) {
        above = [...comments];
        afterFirst = { bytes: end, lines };
      }
      rows.push(line);
    }
  }
  if (rows.length === 0) above = comments;
  return { comments, above, rows, afterFirst, start: begin };
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(10, from);
  return end < 0 ? bytes.length : end + 1;
}

const updated =
  /(?:last[ _-]?(?:updated?|modified|change)|generated(?: on| at)?|updated?(?: on| at)?|created(?: on| at)?|as of|time ?stamp|date)\b\W*(.*)$/i;

/** The moment that the comments say the list is of, ISO 8601. */
export function listDate(comments: readonly string[]): string | undefined {
  for (const comment of comments) {
    const text = updated.exec(comment)?.[1]?.replace(/[\s#;*.)]+$/, "");
    const at = text ? readMoment(text) : Number.NaN;
    if (!Number.isNaN(at)) return new Date(at).toISOString();
  }
  return undefined;
}
