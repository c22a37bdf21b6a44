import { isUtf8 } from "node:buffer";
import type { BlockReader, Reading } from "../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../core/observation/index.ts";
import { CR, LF, RowScanner, unquote } from "../shared/csv/index.ts";
import { type Found, type RowSource, RowWriter } from "../shared/document/index.ts";
import { readRecord } from "./record.ts";

const COMMA = 44;
const ROW_LIMIT = 1 << 20;

/** An apostrophe that the export put before a text which a spreadsheet would run. */
const shielded = /^'(?='*[=+\-@\t\r])/;

/** By the shape that the scanner found. */
const reasons: readonly (RefusalReason | undefined)[] = [
  undefined,
  "quote-misplaced",
  "columns-missing",
  "columns-extra",
];

/** Reads the rows of a CSV export. */
export class CsvReader implements BlockReader {
  readonly #reading: Reading;
  readonly #scanner: RowScanner;
  readonly #cellOf: ReadonlyMap<string, number>;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#scanner = new RowScanner(reading.columns.length, COMMA);
    this.#cellOf = new Map(reading.columns.map((column, cell) => [column, cell]));
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = given.at(-1) === LF ? given : Buffer.concat([given, Uint8Array.of(LF)]);
    const writer = new RowWriter(into);
    const scanner = this.#scanner;
    const length = given.length;
    let line = firstLine;
    for (let from = 0; from < length;) {
      if (block[from] === LF || block[from] === CR) {
        from += block[from] === CR && block[from + 1] === LF ? 2 : 1;
        line++;
        continue;
      }
      const reason = reasons[scanner.scan(block, from, block.length)];
      const source = { bytes: block, from, to: withoutLineEnd(block, from, scanner.next), line };
      const found = reason ?? this.#row(source);
      if (typeof found === "string") writer.refuse(found, source);
      else writer.write(found, source);
      from = scanner.next;
      line += scanner.lines;
    }
    return line - firstLine;
  }

  #row({ bytes, from, to }: RowSource): Found | RefusalReason {
    if (to - from > ROW_LIMIT) return "line-too-long";
    const row = bytes.subarray(from, to);
    if (row.includes(0)) return "nul-byte";
    if (!isUtf8(row)) return "encoding-invalid";
    const { edges } = this.#scanner;
    const cell = (name: string): string => {
      const at = this.#cellOf.get(name);
      if (at === undefined) return "";
      return unquote(bytes, edges[at]! + 1, edges[at + 1]!).replace(shielded, "");
    };
    return readRecord(cell, this.#reading.tlp);
  }
}

function withoutLineEnd(block: Uint8Array, from: number, next: number): number {
  let to = next;
  while (to > from && (block[to - 1] === LF || block[to - 1] === CR)) to--;
  return to;
}
