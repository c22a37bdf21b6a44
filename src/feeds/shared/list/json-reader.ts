import { isUtf8 } from "node:buffer";
import type { BlockReader } from "../../../app/ports.ts";
import type { ObservationBuilder } from "../../../core/observation/index.ts";
import { flatten } from "./flatten.ts";
import { jsonSpans, type Span } from "./json-spans.ts";
import type { Json, ListType } from "./list-type.ts";
import type { RecordFiller } from "./record-filler.ts";

const LF = 10;

/** Reads JSON objects into observations: one a line or, if the file is `whole`, those of one document. */
export class JsonReader implements BlockReader {
  readonly #type: ListType;
  readonly #whole: boolean;
  readonly #filler: RecordFiller;

  constructor(type: ListType, whole: boolean, filler: RecordFiller) {
    this.#type = type;
    this.#whole = whole;
    this.#filler = filler;
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    this.#filler.begin(into);
    let lines = 0;
    if (this.#whole) {
      for (const span of jsonSpans(withoutMark(block))) this.#take(block, span, firstLine, into);
      for (let at = 0; at < block.length; at++) if (block[at] === LF) lines++;
      return lines + (block.length > 0 && block.at(-1) !== LF ? 1 : 0);
    }
    for (let at = 0; at < block.length; lines++) {
      const end = block.indexOf(LF, at);
      const to = end < 0 ? block.length : end;
      const from = skipBlanks(block, at, to);
      if (from < to)
        this.#take(block, { from, to: trimEnd(block, from, to), line: lines }, firstLine, into);
      at = to + 1;
    }
    return lines;
  }

  #take(
    block: Buffer,
    { from, to, line }: Span,
    firstLine: number,
    into: ObservationBuilder,
  ): void {
    into.row.line = firstLine + line;
    const row = block.subarray(from, to);
    if (row.includes(0)) return into.refuse("nul-byte", firstLine + line, block, from, to);
    if (!isUtf8(row)) return into.refuse("encoding-invalid", firstLine + line, block, from, to);
    const object = parse(block.toString("utf8", from, to));
    if (object === undefined)
      return into.refuse("syntax-invalid", firstLine + line, block, from, to);
    const under = this.#type.json!.under;
    for (const [name, record] of under ? lying(object, under, "") : [["", object] as const]) {
      if (isEnvelope(record)) continue;
      const fields = flatten(record);
      const { rework } = this.#type;
      this.#filler.addAll(rework ? rework(fields, record, name) : [fields], block, from, to);
    }
  }
}

/** The objects that lie under the members of a path, each with the name of the member that it lies under. */
function* lying(value: unknown, path: readonly string[], name: string): Generator<[string, Json]> {
  if (Array.isArray(value)) for (const one of value) yield* lying(one, path, name);
  else if (path.length === 0) {
    if (typeof value === "string") yield [name, { value }];
    else if (typeof value === "object" && value !== null) yield [name, value as Json];
  } else if (typeof value === "object" && value !== null) {
    const [member, ...rest] = path;
    for (const [key, inner] of Object.entries(value))
      if (member === "*" || member === key) yield* lying(inner, rest, key);
  }
}

/** What the list says of itself, as the last line of a list of Spamhaus does. */
function isEnvelope(record: Json): boolean {
  return record["type"] === "metadata";
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function withoutMark(block: Buffer): Buffer {
  if (block[0] !== 0xef || block[1] !== 0xbb || block[2] !== 0xbf) return block;
  const blank = Buffer.from(block);
  blank.fill(32, 0, 3);
  return blank;
}

function skipBlanks(block: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && block[at]! <= 32) at++;
  return at;
}

function trimEnd(block: Buffer, from: number, to: number): number {
  let end = to;
  while (end > from && block[end - 1]! <= 32) end--;
  return end;
}
