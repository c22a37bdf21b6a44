import type { BlockReader } from "../../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../../core/observation/index.ts";
import { doubleEscapedQuotes, kernel, RowScanner, shapes } from "../csv/index.ts";
import { mappedColumns, type Mapping } from "./mapping.ts";
import { makePlan } from "./plan.ts";
import { RowFiller } from "./row-filler.ts";

// Of its own: the engine does not fold constants of other modules.
const COMMA = 44;
const CR = 13;
const LF = 10;

/** Longest row, bytes. */
const ROW_LIMIT = 1 << 20;

/** By the shape that the scanner found. */
const reasons: readonly (RefusalReason | undefined)[] = [
  undefined,
  "quote-misplaced",
  "columns-missing",
  "columns-extra",
];

/** Reads the rows of a CSV file into observations, as a mapping says. */
export class MappedReader implements BlockReader {
  readonly #scanner: RowScanner;
  readonly #cells: number;
  readonly #delimiter: number;
  readonly #filler: RowFiller;
  /** See {@link nearlyWhole}. */
  readonly #nearlyWhole: number;

  /** `columns` are the file's, in its order. */
  constructor(mapping: Mapping, columns: readonly string[]) {
    const plan = makePlan(mapping, columns);
    this.#cells = columns.length;
    this.#delimiter = mapping.delimiter?.charCodeAt(0) ?? COMMA;
    this.#scanner = new RowScanner(this.#cells, this.#delimiter);
    this.#filler = new RowFiller(mapping, plan, columns);
    this.#nearlyWhole = nearlyWhole(mapping, columns);
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    if (given.length === 0) return 0;
    const block = kernel.load(given);
    const nuls = block.includes(0);
    const scanner = this.#scanner;
    const edges = kernel.edges;
    const row = into.row;
    scanner.edges = edges;
    this.#filler.begin(block, into);
    let line = firstLine;
    for (let at = 0; at < block.length;) {
      const first = block[at];
      if (first === LF || first === CR) {
        at += first === CR && block[at + 1] === LF ? 2 : 1;
        line++;
        continue;
      }
      const shape = this.#scan(block, at);
      const to = withoutLineEnd(block, at, scanner.next);
      let reason = reasons[shape];
      if (to - at > ROW_LIMIT) reason = "line-too-long";
      else if (nuls && block.subarray(at, to).includes(0)) reason = "nul-byte";
      row.line = line;
      if (reason === "quote-misplaced") reason = this.#mend(block, at, edges);
      else reason ??= this.#filler.fill(edges, scanner.doubled);
      if (reason === undefined) into.add(block, at, to);
      else into.refuse(reason, line, block, at, to);
      at = scanner.next;
      line += scanner.lines;
    }
    return line - firstLine;
  }

  /** Finds the cells of the row at `from`: quickly if it is plain, and as {@link RowScanner} says. */
  #scan(block: Uint8Array, from: number): number {
    const scanner = this.#scanner;
    const next = kernel.scanRow(from, this.#delimiter, this.#cells);
    if (next < 0) {
      const shape = scanner.scan(block, from, block.length);
      return shape === shapes.short && scanner.found === this.#nearlyWhole
        ? scanner.fillUp()
        : shape;
    }
    scanner.next = next;
    scanner.lines = 1;
    scanner.doubled = false;
    return shapes.whole;
  }

  /** Reads a misquoted row whose quotes are escaped by a backslash, as some programs write CSV. */
  #mend(block: Uint8Array, from: number, edges: Int32Array): RefusalReason | undefined {
    const scanner = this.#scanner;
    const to = scanner.next;
    const before = Uint8Array.from(block.subarray(from, to));
    if (!doubleEscapedQuotes(block, from, to, this.#delimiter)) return "quote-misplaced";
    const whole = scanner.scan(block, from, to) === shapes.whole;
    const reason = whole ? this.#filler.fill(edges, scanner.doubled) : "quote-misplaced";
    // Who refuses the row shows it as it came.
    if (reason !== undefined) block.set(before, from);
    scanner.next = to;
    scanner.lines = 1;
    return reason;
  }
}

/**
 * How many cells a row may have that lacks its last one; -1 if none may. The cell before must be no field's, as it may
 * have been cut.
 */
function nearlyWhole(mapping: Mapping, columns: readonly string[]): number {
  const read = [...mappedColumns(mapping), ...Object.values(mapping.reported ?? {})];
  const last = columns.at(-2)?.toLowerCase() ?? "";
  return mapping.mayLackLastCell && !read.includes(last) ? columns.length - 1 : -1;
}

function withoutLineEnd(block: Uint8Array, from: number, next: number): number {
  let to = next;
  while (to > from && (block[to - 1] === LF || block[to - 1] === CR)) to--;
  return to;
}
