import { isUtf8 } from "node:buffer";
import type { BlockReader, Reading } from "../../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { ElementScanner } from "./elements.ts";
import { Members } from "./members.ts";
import { NameTable } from "./names.ts";
import type { Lists } from "./scan.ts";

// Of its own: the engine does not fold constants of other modules.
const LF = 10;
const HASH = 35;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;

/** Longest row, bytes. */
const ROW_LIMIT = 1 << 20;

/** Makes observations of records. */
export interface RecordTaker {
  /** The members through which all records come, until others are joined. */
  join(members: Members): void;
  /** Begins a block. */
  begin(into: ObservationBuilder): void;
  /** Adds, refuses or skips the record that the members are of, once at least. Its bytes are `[from, to)`. */
  take(block: Uint8Array, from: number, to: number, line: number): void;
}

/** A feed that makes up names for each record shall not fill the memory with them. */
const MOST_NAMES = 4096;

/** Reads records of JSON: one a line, perhaps behind a syslog header, or the elements of one document. */
export class RecordReader implements BlockReader {
  readonly #taker: RecordTaker;
  readonly #whole: boolean;
  readonly #lists: Lists;
  #names!: NameTable;
  #members!: Members;
  #block: Buffer = Buffer.alloc(0);
  #clean = true;
  #nuls = false;
  #into!: ObservationBuilder;

  constructor(taker: RecordTaker, { whole = false }: Pick<Reading, "whole">, lists: Lists) {
    this.#taker = taker;
    this.#whole = whole;
    this.#lists = lists;
    this.#forgetNames();
  }

  #forgetNames(): void {
    this.#names = new NameTable();
    this.#members = new Members(this.#names, this.#lists);
    this.#taker.join(this.#members);
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    this.#block = block;
    this.#clean = isUtf8(block);
    this.#nuls = block.includes(0);
    this.#into = into;
    into.reset();
    this.#taker.begin(into);
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
    if (this.#names.size > MOST_NAMES) this.#forgetNames();
    if (this.#members.read(block, this.#beginOfRecord(from, to), to))
      this.#taker.take(block, from, to, line);
    else this.#into.refuse("syntax-invalid", line, block, from, to);
  }

  #whyNotText(from: number, to: number): RefusalReason | undefined {
    if (to - from > ROW_LIMIT) return "line-too-long";
    if (this.#nuls && this.#block.subarray(from, to).includes(0)) return "nul-byte";
    return this.#clean || isUtf8(this.#block.subarray(from, to)) ? undefined : "encoding-invalid";
  }

  /** Behind what syslog writes before it. */
  #beginOfRecord(from: number, to: number): number {
    if (this.#whole || this.#block[from] === OPEN) return from;
    const open = this.#block.subarray(from, to).indexOf(OPEN);
    return open < 0 ? from : from + open;
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}
