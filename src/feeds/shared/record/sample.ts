import type { Reading, Sample } from "../../../app/ports.ts";
import { findText } from "../csv/index.ts";
import { ElementScanner } from "./elements.ts";
import { isObject, type JsonObject, parseJson } from "./json.ts";

/** The records at the beginning of a file, and whether it is one document. */
export interface SampledRecords {
  readonly records: readonly JsonObject[];
  readonly whole: boolean;
  readonly skip: Reading["skip"];
}

/** How many lines or elements are looked at. */
const LOOKED_AT = 20;

const sampled = new WeakMap<Sample, SampledRecords>();

/** The first records of a file: of its lines, or, where its first line is no record, of the document that it is. */
export function sampleRecords(sample: Sample): SampledRecords {
  let found = sampled.get(sample);
  if (found === undefined) sampled.set(sample, (found = look(sample)));
  return found;
}

function look({ head }: Sample): SampledRecords {
  const skip = findText(head);
  const text = Buffer.from(head.buffer, head.byteOffset + skip.bytes, head.length - skip.bytes);
  const byLine = lineRecords(text);
  const lines = byLine.flatMap((records) => records ?? []);
  // A document may hold a line that is a record by itself, but few; and a file of lines may begin with a bad one.
  const taken = byLine.filter((records) => records !== undefined).length;
  const byLines = taken > 0 && (byLine[0] !== undefined || 2 * taken >= byLine.length);
  if (byLines) return { records: lines, whole: false, skip };
  const elements = isDocument(text) ? elementRecords(text) : [];
  if (elements.length > 0) return { records: elements, whole: true, skip };
  return { records: lines, whole: false, skip };
}

/** Per line with something in it but a bracket: its records; `undefined` where it has none. */
function lineRecords(text: Buffer): (readonly JsonObject[] | undefined)[] {
  const lines = text.toString("utf8").split("\n");
  // The last line may be cut off, if it is not the whole file.
  return lines
    .map((line) => line.trim().replace(/,$/, ""))
    .filter((line) => line !== "" && line !== "[" && line !== "]" && !line.startsWith("#"))
    .slice(0, LOOKED_AT)
    .map((line) => {
      const value = parseJson(line) ?? parseJson(line.slice(Math.max(0, line.indexOf("{"))));
      const records = (Array.isArray(value) ? value : [value]).filter(isObject);
      return records.length > 0 ? records : undefined;
    });
}

/** Whether the text begins a list, or an object that goes on behind its first line. */
function isDocument(text: Buffer): boolean {
  const start = text.findIndex((byte) => byte > 32);
  return text[start] === 91 || (text[start] === 123 && text.includes(10, start));
}

function elementRecords(text: Buffer): JsonObject[] {
  const records: JsonObject[] = [];
  const scanner = new ElementScanner(text, [0, text.length], 1, text.length + 1);
  for (let i = 0; i < LOOKED_AT && scanner.next(); i++) {
    const element = text.toString("utf8", scanner.from, scanner.to).replace(/[\s,]+$/, "");
    const record = parseJson(element) ?? (scanner.to === text.length ? closed(element) : undefined);
    if (isObject(record)) records.push(record);
  }
  return records;
}

/** What of an object stands before the cut that the sample's end made: its members up to the last whole one. */
function closed(text: string): unknown {
  let depth = 0;
  let quoted = false;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    else if (char === "," && depth === 1) end = at;
  }
  return parseJson(`${text.slice(0, end)}}`);
}
