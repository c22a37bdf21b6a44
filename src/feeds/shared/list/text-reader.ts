import { isUtf8 } from "node:buffer";
import type { BlockReader } from "../../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { Members, NameTable } from "../record/index.ts";
import { CellCutter } from "./cell-cutter.ts";
import { splitCells } from "./cells.ts";
import { CommentMarks } from "./comment-marks.ts";
import type { ListTaker } from "./list-taker.ts";
import type { ListType } from "./list-type.ts";

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Longest row, bytes, and longest one that goes over several lines. */
const ROW_LIMIT = 1 << 20;
const BROKEN_ROW_LIMIT = 65_536;

/** Reads the lines of a list into observations. */
export class TextReader implements BlockReader {
  readonly #type: ListType;
  readonly #columns: readonly string[];
  /** The numbers of the columns' names. */
  readonly #names: readonly number[];
  readonly #members: Members;
  readonly #taker: ListTaker;
  readonly #cutter: CellCutter;
  readonly #comments: CommentMarks;

  constructor(type: ListType, columns: readonly string[], taker: ListTaker) {
    this.#type = type;
    this.#columns = columns;
    const names = new NameTable();
    this.#names = columns.map((column) => names.idOf(column));
    this.#members = new Members(names);
    this.#taker = taker;
    this.#cutter = new CellCutter(type.text ?? {}, this.#names, this.#members);
    this.#comments = new CommentMarks(type.text?.comments ?? ["#"]);
    taker.join(this.#members);
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    const clean = isUtf8(block) && !block.includes(0);
    this.#taker.begin(into);
    let line = firstLine;
    for (let at = 0; at < block.length; line++) {
      const next = behindLine(block, at);
      const to = withoutLineEnd(block, at, next);
      if (this.#comments.standAt(block, at, to)) at = next;
      else if (clean && to - at <= ROW_LIMIT && this.#cutter.cut(block, at, to)) {
        this.#taker.take(block, at, to, line);
        at = next;
      } else {
        const end = this.#takeOdd(block, [at, next], line, clean, into);
        for (let start = next; start < end; line++) start = behindLine(block, start);
        at = end;
      }
    }
    return line - firstLine;
  }

  /** Takes or refuses a row that is not plain; where it ends. */
  #takeOdd(
    block: Buffer,
    [at, next]: readonly [number, number],
    line: number,
    clean: boolean,
    into: ObservationBuilder,
  ): number {
    let end = next;
    let cells = this.#split(block.toString("utf8", at, withoutLineEnd(block, at, next)));
    if (cells === undefined) {
      end = this.#endOfRow(block, at, next);
      cells = this.#split(block.toString("utf8", at, withoutLineEnd(block, at, end)));
      if (cells === undefined) end = next;
    }
    const to = withoutLineEnd(block, at, end);
    const reason = this.#whyNot(block, at, to, clean, cells);
    if (reason === undefined) {
      this.#fill(cells!, block);
      this.#taker.take(block, at, to, line);
    } else into.refuse(reason, line, block, at, to);
    return end;
  }

  /** Behind the line on which the quoted cell ends that the row's first line leaves open; `next`, behind the first, if none does. */
  #endOfRow(block: Buffer, from: number, next: number): number {
    if (this.#type.text?.cut) return next;
    let open = oddQuotes(block, from, next);
    let end = next;
    while (open && end < block.length && end - from < BROKEN_ROW_LIMIT) {
      const start = end;
      end = behindLine(block, start);
      if (oddQuotes(block, start, end)) open = false;
    }
    return open ? next : end;
  }

  #split(row: string): string[] | undefined {
    const { cut, delimiter = "," } = this.#type.text ?? {};
    return cut ? cut(row) : splitCells(row, delimiter);
  }

  #whyNot(
    block: Buffer,
    from: number,
    to: number,
    clean: boolean,
    cells: readonly string[] | undefined,
  ): RefusalReason | undefined {
    if (to - from > ROW_LIMIT) return "line-too-long";
    if (!clean) {
      const row = block.subarray(from, to);
      if (row.includes(0)) return "nul-byte";
      if (!isUtf8(row)) return "encoding-invalid";
    }
    if (cells === undefined) return "quote-misplaced";
    if (this.#type.text?.ragged || cells.length === this.#columns.length) return undefined;
    return cells.length < this.#columns.length ? "columns-missing" : "columns-extra";
  }

  #fill(cells: readonly string[], block: Buffer): void {
    const members = this.#members;
    const last = this.#columns.length - 1;
    members.beginRow(block);
    for (let at = 0; at <= last && at < cells.length; at++) {
      const more = at === last && cells.length > this.#columns.length;
      members.addText(this.#names[at]!, more ? cells.slice(last).join(" ") : cells[at]!);
    }
    members.endRow();
  }
}

function behindLine(block: Buffer, from: number): number {
  const end = block.indexOf(LF, from);
  return end < 0 ? block.length : end + 1;
}

function oddQuotes(block: Buffer, from: number, to: number): boolean {
  let odd = false;
  for (let at = from; at < to; at++) if (block[at] === QUOTE) odd = !odd;
  return odd;
}

function withoutLineEnd(block: Buffer, from: number, next: number): number {
  let to = next;
  while (to > from && (block[to - 1] === LF || block[to - 1] === CR)) to--;
  return to;
}
