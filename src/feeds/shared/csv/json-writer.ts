import { unquote } from "./cell.ts";

// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;
const SPACE = 32;

const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/**
 * Writes cells as the members of one JSON object of strings, in bytes, into a buffer that it reuses. Each member has a
 * comma before it, so that members can be joined; `end` makes the first comma the opening brace.
 */
export class JsonWriter {
  bytes = Buffer.alloc(4096);
  length = 0;
  /** Per column, `,"name":"` as UTF-8. */
  readonly #keys: readonly Buffer[];

  constructor(columns: readonly string[]) {
    this.#keys = columns.map((column) => Buffer.from(`,${JSON.stringify(column)}:"`));
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
    const key = this.#keys[column]!;
    this.#reserve(key.length + 6 * (end - start));
    const bytes = this.bytes;
    let length = this.length;
    key.copy(bytes, length); XX
    const value = length;
    for (let at = start; at < end; at++) {
      const byte = block[at]!;
      if (byte < SPACE || byte === QUOTE || byte === BACKSLASH || (byte > 127 && !clean)) {
        // One byte becomes six at most: the room is there.
        length = value + bytes.write(JSON.stringify(unquote(block, from, to)).slice(1, -1), value);
        break;
      }
      bytes[length++] = byte;
    }
    bytes[length++] = QUOTE;
    this.length = length;
  }

  /** Adds members that were written before. */
  join(members: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    const bytes = this.bytes;
    let length = this.length;
    for (let at = from; at < to; at++) bytes[length++] = members[at]!;
    this.length = length;
  }

  /** Ends the object; false if it has no member, and is none. */
  end(): boolean {
    if (this.length === 0) return false;
    this.bytes[0] = OPEN;
    this.bytes[this.length++] = CLOSE;
    return true;
  }

  #reserve(more: number): void {
    const needed = this.length + more + 2;
    if (needed <= this.bytes.length) return;
    const longer = Buffer.alloc(Math.max(this.bytes.length * 2, needed));
    longer.set(this.bytes);
    this.bytes = longer;
  }
}
