import { isUtf8 } from "node:buffer";
import type { RefusalReason } from "../../../core/observation/index.ts";
import { isList, isObject, type Span } from "./json-spans.ts";
import type { RowSource } from "./row-writer.ts";
import { isJsonObject, type JsonObject } from "./values.ts";

const LF = 10;

/** Reads elements of a JSON document one by one, and knows their lines. */
export class ElementReader {
  readonly bytes: Uint8Array;
  readonly #clean: boolean;
  readonly #firstLine: number;
  #counted = 0;
  #lines = 0;

  constructor(bytes: Uint8Array, firstLine: number) {
    this.bytes = bytes;
    this.#firstLine = firstLine;
    this.#clean = isUtf8(bytes);
  }

  /** The object in a span, or why there is none. */
  parse({ from, to }: Span): JsonObject | RefusalReason {
    const part = this.bytes.subarray(from, to);
    if (!this.#clean && !isUtf8(part)) return "encoding-invalid";
    if (part.includes(0)) return "nul-byte";
    try {
      const value: unknown = JSON.parse(textOf(part));
      return isJsonObject(value) ? value : "syntax-invalid";
    } catch {
      // What it is that the text says, nobody can know.
      return "syntax-invalid";
    }
  }

  /** The object in a span, for looking about: an empty one if there is none. */
  peek(span: Span | undefined): JsonObject {
    const value = span ? this.parse(span) : {};
    return typeof value === "string" ? {} : value;
  }

  /** Any value in a span, for looking about: `undefined` if it cannot be read. */
  peekValue(span: Span): unknown {
    if (isObject(this.bytes, span)) return this.peek(span);
    try {
      return JSON.parse(textOf(this.bytes.subarray(span.from, span.to)));
    } catch {
      // A document that cannot be read here is read on elsewhere.
      return isList(this.bytes, span) ? [] : undefined;
    }
  }

  /** Where a row comes from. Quickest if spans are asked for in the order of the document. */
  source({ from, to }: Span): RowSource {
    if (from < this.#counted) this.#counted = this.#lines = 0;
    this.#lines += linesIn(this.bytes, this.#counted, from);
    this.#counted = from;
    return { bytes: this.bytes, from, to, line: this.#firstLine + this.#lines };
  }

  /** How many lines the document has. */
  get lines(): number {
    const { length } = this.bytes;
    return linesIn(this.bytes, 0, length) + (length > 0 && this.bytes[length - 1] !== LF ? 1 : 0);
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

function linesIn(bytes: Uint8Array, from: number, to: number): number {
  // Of its own extent: the whole of a document on one line would be searched again for each element.
  const part = bytes.subarray(from, to);
  let lines = 0;
  for (let at = part.indexOf(LF); at >= 0; at = part.indexOf(LF, at + 1)) lines++;
  return lines;
}
