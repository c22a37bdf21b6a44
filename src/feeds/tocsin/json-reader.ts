import { isUtf8 } from "node:buffer";
import type { BlockReader, Reading } from "../../app/ports.ts";
import type { ObservationBuilder, RefusalReason } from "../../core/observation/index.ts";
import { LF } from "../shared/csv/index.ts";
import { type Found, isJsonObject, RowWriter } from "../shared/document/index.ts";
import { parseJson, readRecord } from "./record.ts";

const ROW_LIMIT = 1 << 20;

/** Reads the lines of a JSON export. */
export class JsonReader implements BlockReader {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  read(given: Uint8Array, firstLine: number, into: ObservationBuilder): number {
    const block = Buffer.from(given.buffer, given.byteOffset, given.length);
    const writer = new RowWriter(into);
    const clean = isUtf8(block);
    let line = firstLine;
    for (let from = 0; from < block.length; line++) {
      const lf = block.indexOf(LF, from);
      const to = lf < 0 ? block.length : lf;
      const text = to - from > ROW_LIMIT ? undefined : block.toString("utf8", from, to);
      if (text === undefined || text.trim() !== "") {
        const source = { bytes: block, from, to, line };
        const valid = clean || isUtf8(block.subarray(from, to));
        const found = valid ? this.#row(text) : "encoding-invalid";
        if (typeof found === "string") writer.refuse(found, source);
        else writer.write(found, source);
      }
      from = to + 1;
    }
    return line - firstLine;
  }

  #row(text: string | undefined): Found | RefusalReason {
    if (text === undefined) return "line-too-long";
    if (text.includes("\0")) return "nul-byte";
    const record = parseJson(text);
    if (!isJsonObject(record)) return "syntax-invalid";
    return readRecord((name) => {
      const value = Object.hasOwn(record, name) ? record[name] : "";
      return typeof value === "string" ? value : textOf(value);
    }, this.#reading.tlp);
  }
}

function textOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : "";
}
