import { isUtf8 } from "node:buffer";
import type { BlockReader } from "../../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { isObject, type JsonObject, Members, NameTable, parseJson } from "../record/index.ts";
import { jsonSpans, type Span } from "./json-spans.ts";
import type { ListTaker } from "./list-taker.ts";
import type { JsonLayout } from "./list-type.ts";

const LF = 10;

/** A feed that makes up names for each document shall not fill the memory with them. */
const MOST_NAMES = 4096;

/** Reads JSON documents whose records lie under members, such as `{"data": [...]}`: what is wrong in one costs the document. */
export class EnvelopeReader implements BlockReader {
  readonly #layout: EnvelopeLayout;
  readonly #taker: ListTaker;
  #members!: Members;
  #into!: ObservationBuilder;

  constructor(layout: EnvelopeLayout, taker: ListTaker) {
    this.#layout = layout;
    this.#taker = taker;
    this.#join();
  }

  #join(): void {
    this.#members = new Members(new NameTable(), "items");
    this.#taker.join(this.#members);
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    this.#into = into;
    this.#taker.begin(into);
    for (const span of jsonSpans(withoutMark(block))) {
      const line = firstLine + span.line;
      const before = into.answered;
      const reason = this.#document(block, span, line);
      if (reason !== undefined) into.refuse(reason, line, block, span.from, span.to);
      // An answer with an empty list, or with a word of why there is none.
      else if (into.answered === before) into.skip("no-report", line);
    }
    let lines = 0;
    for (let at = 0; at < block.length; at++) if (block[at] === LF) lines++;
    return lines + (block.length > 0 && block.at(-1) !== LF ? 1 : 0);
  }

  #document(block: Buffer, { from, to }: Span, line: number): RefusalReason | undefined {
    const bytes = block.subarray(from, to);
    if (bytes.includes(0)) return "nul-byte";
    if (!isUtf8(bytes)) return "encoding-invalid";
    const document = parseJson(bytes.toString("utf8"));
    if (typeof document !== "object" || document === null) return "syntax-invalid";
    for (const [name, record] of this.#records(document)) {
      if (record === undefined) {
        this.#into.refuse("syntax-invalid", line, block, from, to);
        continue;
      }
      if (this.#members.names.size > MOST_NAMES) this.#join();
      this.#members.takeObject(record, block);
      this.#taker.under(name);
      this.#taker.take(block, from, to, line);
    }
    return undefined;
  }

  /** The rows of a document, and the member under which each lies. */
  #records(document: object): Iterable<readonly [string, JsonObject | undefined]> {
    const { records, under = [] } = this.#layout;
    if (records === undefined) return lying(document, under, "");
    return isObject(document) ? records(document).map((record) => ["", record] as const) : [];
  }
}

interface EnvelopeLayout {
  readonly under: JsonLayout["under"] | undefined;
  readonly records: JsonLayout["records"] | undefined;
}

/** What lies under the members of a path, each with the name of the member that it lies under; `undefined` for what is no record. */
function* lying(
  value: unknown,
  path: readonly string[],
  name: string,
): Generator<[string, JsonObject | undefined]> {
  if (Array.isArray(value)) for (const one of value) yield* lying(one, path, name);
  else if (path.length === 0) {
    if (typeof value === "string") yield [name, { value }];
    else yield [name, isObject(value) ? value : undefined];
  } else if (isObject(value)) {
    const [member, ...rest] = path;
    for (const [key, inner] of Object.entries(value))
      if (member === "*" || member === key) yield* lying(inner, rest, key);
  }
}

function withoutMark(block: Buffer): Buffer {
  if (block[0] !== 0xef || block[1] !== 0xbb || block[2] !== 0xbf) return block;
  const blank = Buffer.from(block);
  blank.fill(32, 0, 3);
  return blank;
}
