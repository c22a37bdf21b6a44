import { utf8Text } from "../core/observation/index.ts";

const LOOKED_AT = 4096;
const SHOWN = 120;
/** What the reader of CSV takes. */
const MOST_COLUMNS = 4096;

/** What the beginning of a file looks like, in a sentence, for whoever wonders why no format takes it. */
export function describeHead(head: Uint8Array): string {
  if (head.length === 0) return "It is empty.";
  const start = head.subarray(0, LOOKED_AT);
  if (start.includes(0)) return "It is no text in UTF-8.";
  const text = utf8Text(start).trimStart();
  const names = jsonNames(text);
  if (names.length > 0) return `It begins as JSON with the members ${names.join(", ")}.`;
  const line = text.split(/[\r\n]/, 1)[0] ?? "";
  const columns = tooManyColumns(head);
  if (columns !== undefined) return columns;
  return `Its first line is: ${line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line}`;
}

/** A word on a table that is wider than is read; `undefined` if it is none. */
export function tooManyColumns(head: Uint8Array): string | undefined {
  const line = firstLine(head);
  const widest = Math.max(...[",", ";", "\t", "|"].map((mark) => line.split(mark).length));
  if (widest <= MOST_COLUMNS) return undefined;
  return `Its first line has ${widest} columns or more, and at most ${MOST_COLUMNS} are read.`;
}

function firstLine(head: Uint8Array): string {
  const end = head.findIndex((byte) => byte === 10 || byte === 13);
  return utf8Text(end < 0 ? head : head.subarray(0, end));
}

/** The first names in text that begins as JSON. */
function jsonNames(text: string): string[] {
  if (!/^\[?\s*\{/.test(text)) return [];
  const names = [...text.matchAll(/"([^"\\]{1,40})"\s*:/g)].map((found) => found[1]!);
  return [...new Set(names)].slice(0, 12);
}
