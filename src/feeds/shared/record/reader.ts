import { isAscii, isUtf8 } from "node:buffer";
import type { BlockReader, Reading } from "../../../app/ports.ts";
import { tlpCode } from "../../../core/marking/index.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { type Kind, kindCode } from "../../../core/taxonomy/index.ts";
import { ElementScanner } from "./elements.ts";
import { RecordFiller } from "./filler.ts";
import { isObject, type JsonObject, parseJson } from "./json.ts";
import type { RecordPlan } from "./plan.ts";

// Of its own: the engine does not fold constants of other modules.
const LF = 10;
const HASH = 35;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;

/** Longest row, bytes. */
const ROW_LIMIT = 1 << 20;

/** One observation that a record asserts: its kind, and the flat record with the plan that reads it. */
export interface Statement {
  readonly kind: Kind;
  readonly record: JsonObject;
  readonly plan: RecordPlan;
}

/** What a record asserts. None: the record is no report (a delisting, a flow) and is neither taken nor refused. */
export type Interpret = (record: JsonObject) => readonly Statement[] | RefusalReason;

/** Reads records of JSON: one a line, perhaps behind a syslog header, or the elements of one document. */
export class RecordReader implements BlockReader {
  readonly #interpret: Interpret;
  readonly #whole: boolean;
  readonly #tlp: number;
  readonly #filler = new RecordFiller();
  #block: Buffer = Buffer.alloc(0);
  #clean = true;
  /** Bytes below 128 are text sooner by this name. */
  #encoding: "latin1" | "utf8" = "utf8";
  #nuls = false;
  #into!: ObservationBuilder;

  constructor(interpret: Interpret, reading: Reading) {
    this.#interpret = interpret;
    this.#whole = reading.whole ?? false;
    this.#tlp = tlpCode(reading.tlp);
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    this.#block = block;
    const ascii = isAscii(block);
    this.#encoding = ascii ? "latin1" : "utf8";
    this.#clean = ascii || isUtf8(block);
    this.#nuls = block.includes(0);
    this.#into = into;
    into.reset();
    let line = firstLine;
    for (let at = 0; at < block.length; line++) {
      const lf = block.indexOf(LF, at);
      const end = lf < 0 ? block.length : lf;
      if (!this.#whole) this.#line(at, end, line);
      at = end + 1;
    }
    if (this.#whole) this.#elements(0, block.length, firstLine);
    return line - firstLine;
  }

  #line(from: number, to: number, line: number): void {
    const block = this.#block;
    let start = from;
    let end = to;
    while (start < end && isBlank(block[start]!)) start++;
    while (end > start && (isBlank(block[end - 1]!) || block[end - 1] === COMMA)) end--;
    const first = block[start];
    if (start === end || first === HASH) return;
    // The brackets of a list that has an element a line.
    if (end - start === 1 && (first === OPEN_LIST || first === CLOSE_LIST)) return;
    if (first === OPEN_LIST) return this.#elements(start, end, line);
    if (first === OPEN && block[end - 1] === CLOSE_LIST) end--;
    this.#take(start, end, line);
  }

  #elements(from: number, to: number, line: number): void {
    const scanner = new ElementScanner(this.#block, [from, to], line, ROW_LIMIT + 1);
    while (scanner.next()) {
      let end = scanner.to;
      while (
        end > scanner.from &&
        (isBlank(this.#block[end - 1]!) || this.#block[end - 1] === COMMA)
      )
        end--;
      this.#take(scanner.from, end, scanner.line);
    }
  }

  #take(from: number, to: number, line: number): void {
    const block = this.#block;
    this.#into.row.line = line;
    const reason = this.#whyNotText(from, to);
    if (reason !== undefined) return this.#into.refuse(reason, line, block, from, to);
    const text = block.toString(this.#encoding, from, to);
    const record = parseJson(text) ?? this.#behindHeader(text);
    if (isObject(record)) this.#record(record, from, to, line);
    else this.#into.refuse("syntax-invalid", line, block, from, to);
  }

  #whyNotText(from: number, to: number): RefusalReason | undefined {
    if (to - from > ROW_LIMIT) return "line-too-long";
    if (this.#nuls && this.#block.subarray(from, to).includes(0)) return "nul-byte";
    return this.#clean || isUtf8(this.#block.subarray(from, to)) ? undefined : "encoding-invalid";
  }

  /** The record of a line that begins with something else, as syslog writes it. */
  #behindHeader(text: string): unknown {
    if (this.#whole || text.charCodeAt(0) === OPEN) return undefined;
    return parseJson(text.slice(beginOfRecord(text)));
  }

  #record(record: JsonObject, from: number, to: number, line: number): void {
    const into = this.#into;
    const statements = this.#interpret(record);
    if (typeof statements === "string") return into.refuse(statements, line, this.#block, from, to);
    for (const { kind, record: members, plan } of statements) {
      into.row.line = line;
      into.row.kind = kindCode(kind);
      const reason = this.#fill(members, plan);
      if (reason === undefined) into.add(this.#block, from, to);
      else into.refuse(reason, line, this.#block, from, to);
    }
  }

  #fill(members: JsonObject, plan: RecordPlan): RefusalReason | undefined {
    try {
      return this.#filler.fill(members, plan, this.#tlp, this.#into);
    } catch (error) {
      // A member that is nested deeper than the engine writes.
      if (error instanceof RangeError) return "syntax-invalid";
      throw error;
    }
  }
}

/** Where the record begins in a line with a syslog header; the line's length if it has none. */
export function beginOfRecord(text: string): number {
  const at = text.indexOf("{");
  return at < 0 ? text.length : at;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}
