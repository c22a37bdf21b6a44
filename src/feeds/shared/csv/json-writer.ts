import { unquote } from "./cell.ts";

// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;
const OPEN = 123;
const CLOSE = 125;

/** 1 for the bytes that do not stand for themselves in a JSON string of UTF-8. */
const escapedAscii = new Uint8Array(256).fill(1, 0, 32);
escapedAscii[QUOTE] = escapedAscii[92] = 1;
/** The same where bytes above 127 may be no UTF-8. */
const escapedAll = escapedAscii.slice().fill(1, 128);

/** Writes cells as one JSON object of strings, in bytes, into a buffer that it reuses. */
export class JsonWriter {
  bytes = Buffer.alloc(4096);
  length = 0;
  #view = viewOf(this.bytes);
  /** Per column `,"name":"` as UTF-8, each at a multiple of four so that whole words can be copied. */
  readonly #keys: DataView;
  readonly #keyStarts: Int32Array;
  readonly #keyLengths: Int32Array;

  constructor(columns: readonly string[]) {
    const keys = columns.map((column) => Buffer.from(`,${JSON.stringify(column)}:"`));
    this.#keyLengths = Int32Array.from(keys, (key) => key.length);
    this.#keyStarts = new Int32Array(keys.length);
    const padded = keys.map((key) => Buffer.concat([key], (key.length + 3) & ~3));
    for (let i = 1; i < keys.length; i++)
      this.#keyStarts[i] = this.#keyStarts[i - 1]! + padded[i - 1]!.length;
    this.#keys = viewOf(Buffer.concat(padded));
  }

  begin(): void {
    this.length = 0;
  }

  /** Adds the cell `[from, to)`, quotes and all, unless it is empty. `clean`: the bytes are known to be UTF-8. */
  add(column: number, block: Uint8Array, from: number, to: number, clean: boolean): void {
    const quoted = block[from] === QUOTE && to > from ? 1 : 0;
    const start = from + quoted;
    const end = to - quoted;
    if (end <= start) return;
    const keyLength = this.#keyLengths[column]!;
    this.#reserve(keyLength + 6 * (end - start));
    this.#copyKey(this.#keyStarts[column]!, keyLength);
    const bytes = this.bytes;
    const escaped = clean ? escapedAscii : escapedAll;
    const value = this.length + keyLength;
    let length = value;
    for (let at = start; at < end; at++) {
      const byte = block[at]!;
      if (escaped[byte] === 1) {
        // One byte becomes six at most: the room is there.
        length = value + bytes.write(JSON.stringify(unquote(block, from, to)).slice(1, -1), value);
        break;
      }
      bytes[length++] = byte;
    }
    bytes[length] = QUOTE;
    this.length = length + 1;
  }

  #copyKey(key: number, length: number): void {
    const keys = this.#keys;
    const view = this.#view;
    const at = this.length;
    for (let i = 0; i < length; i += 4) view.setInt32(at + i, keys.getInt32(key + i, true), true);
  }

  /** Ends the object; false if it has no member, and is none. The comma before the first member becomes the brace. */
  end(): boolean {
    if (this.length === 0) return false;
    this.bytes[0] = OPEN;
    this.bytes[this.length++] = CLOSE;
    return true;
  }

  #reserve(more: number): void {
    const needed = this.length + more + 8;
    if (needed <= this.bytes.length) return;
    const longer = Buffer.alloc(Math.max(this.bytes.length * 2, needed));
    longer.set(this.bytes);
    this.bytes = longer;
    this.#view = viewOf(longer);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
