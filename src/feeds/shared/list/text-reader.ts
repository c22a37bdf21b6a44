import { isUtf8 } from "node:buffer";
import type { BlockReader } from "../../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { splitCells } from "./cells.ts";
import type { ListType } from "./list-type.ts";
import { isComment } from "./preamble.ts";
import type { RecordFiller } from "./record-filler.ts";
import type { Fields } from "./record-mapping.ts";

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
  readonly #filler: RecordFiller;

  constructor(type: ListType, columns: readonly string[], filler: RecordFiller) {
    this.#type = type;
    this.#columns = columns;
    this.#filler = filler;
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    const clean = isUtf8(block) && !block.includes(0);
    const comments = this.#type.text?.comments ?? ["#"];
    this.#filler.begin(into);
    let line = firstLine;
    for (let at = 0; at < block.length; line++) {
      let next = behindLine(block, at);
      const row = block.toString("utf8", at, withoutLineEnd(block, at, next));
      if (isComment(row, comments)) {
        at = next;
        continue;
      }
      into.row.line = line;
      let cells = this.#split(row);
      if (cells === undefined) {
        const end = this.#endOfRow(block, at, next);
        cells = this.#split(block.toString("utf8", at, withoutLineEnd(block, at, end)));
        for (let start = next; cells && start < end; line++) start = behindLine(block, start);
        if (cells) next = end;
      }
      const to = withoutLineEnd(block, at, next);
      const reason = this.#whyNot(block, at, to, clean, cells);
      if (reason === undefined) this.#add(cells!, block, at, to);
      else into.refuse(reason, into.row.line, block, at, to);
      at = next;
    }
    return line - firstLine;
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

  #add(cells: readonly string[], block: Buffer, from: number, to: number): void {
    const fields: Fields = {};
    const columns = this.#columns;
    const last = columns.length - 1;
    for (let at = 0; at <= last && at < cells.length; at++) fields[columns[at]!] = cells[at]!;
    if (cells.length > columns.length) fields[columns[last]!] = cells.slice(last).join(" ");
    const { rework } = this.#type;
    this.#filler.addAll(rework ? rework(fields) : [fields], block, from, to);
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
