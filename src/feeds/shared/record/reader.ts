import { isUtf8 } from "node:buffer";
import type { BlockReader, Reading } from "../../../app/ports.ts";
import { tlpCode } from "../../../core/marking/index.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { type Kind, kindCode } from "../../../core/taxonomy/index.ts";
import { ElementScanner } from "./elements.ts";
import { RecordFiller } from "./filler.ts";
import type { JsonObject } from "./json.ts";
import type { RecordMapping } from "./mapping.ts";
import { Members } from "./members.ts";
import { NameTable } from "./names.ts";
import { Plan } from "./plan.ts";

// Of its own: the engine does not fold constants of other modules.
const LF = 10;
const HASH = 35;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;

/** Longest row, bytes. */
const ROW_LIMIT = 1 << 20;

/** One observation that a record asserts: its kind, and the mapping that reads it. */
export interface Statement {
  readonly kind: Kind;
  readonly mapping: RecordMapping;
  /** Members that stand beside the record's own, or in their place, for this observation; by their flat names. */
  readonly facts?: Readonly<JsonObject>;
}

/** What a record asserts. None: the record is no report (a delisting, a flow) and is neither taken nor refused. */
export type Interpret = (record: Members) => readonly Statement[] | RefusalReason;

/** A feed that makes up names for each record shall not fill the memory with them. */
const MOST_NAMES = 4096;

/** Reads records of JSON: one a line, perhaps behind a syslog header, or the elements of one document. */
export class RecordReader implements BlockReader {
  readonly #interpret: Interpret;
  readonly #whole: boolean;
  readonly #tlp: number;
  readonly #plans = new Map<RecordMapping, Plan>();
  #names!: NameTable;
  #members!: Members;
  #filler!: RecordFiller;
  #block: Buffer = Buffer.alloc(0);
  #clean = true;
  #nuls = false;
  #into!: ObservationBuilder;

  constructor(interpret: Interpret, reading: Reading) {
    this.#interpret = interpret;
    this.#whole = reading.whole ?? false;
    this.#tlp = tlpCode(reading.tlp);
    this.#forgetNames();
  }

  #forgetNames(): void {
    this.#names = new NameTable();
    this.#members = new Members(this.#names);
    this.#filler = new RecordFiller(this.#members);
    this.#plans.clear();
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    this.#block = block;
    this.#clean = isUtf8(block);
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
    if (this.#names.size > MOST_NAMES) this.#forgetNames();
    if (this.#members.read(block, this.#beginOfRecord(from, to), to)) this.#record(from, to, line);
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

  #record(from: number, to: number, line: number): void {
    const into = this.#into;
    const members = this.#members;
    const statements = this.#interpret(members);
    if (typeof statements === "string") return into.refuse(statements, line, this.#block, from, to);
    for (const { kind, mapping, facts } of statements) {
      if (facts !== undefined) members.put(facts);
      into.row.line = line;
      into.row.kind = kindCode(kind);
      const reason = this.#filler.fill(this.#planOf(mapping), this.#tlp, into);
      if (reason === undefined) into.add(this.#block, from, to);
      else into.refuse(reason, line, this.#block, from, to);
      if (facts !== undefined) members.forget();
    }
  }

  #planOf(mapping: RecordMapping): Plan {
    let plan = this.#plans.get(mapping);
    if (plan === undefined) this.#plans.set(mapping, (plan = new Plan(mapping, this.#names)));
    return plan;
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}
