import { copyBytes, viewOf } from "../../../core/observation/index.ts";
import { Words } from "./words.ts";

// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** What stands before a text of this name in an object, with a comma before it: `,"name":"`. */
export function keyOf(name: string): Words {
  return new Words(Buffer.from(`,${JSON.stringify(name)}:"`));
}

/** Writes a JSON object of texts, in bytes, into a buffer that it uses again. Each member begins with its {@link keyOf}. */
export class ExtraWriter {
  bytes = Buffer.alloc(4096);
  length = 0;
  #view = viewOf(this.bytes);

  begin(): void {
    this.length = 0;
  }

  /** Adds a member whose text needs no escapes, or none but those that it has. */
  addPlain(key: Words, text: Uint8Array, from: number, to: number): void {
    this.#reserve(key.length + to - from);
    this.#key(key);
    const at = this.length;
    const end = at + to - from;
    if (to - from > LONG) this.bytes.set(text.subarray(from, to), at);
    else copyBytes(this.bytes, at, text, from, to);
    this.bytes[end] = QUOTE;
    this.length = end + 1;
  }

  /** Adds a member whose text is JSON: a list or an object. */
  addJson(key: Words, json: Uint8Array, from: number, to: number): void {
    this.#reserve(key.length + 2 * (to - from));
    this.#key(key);
    const { bytes } = this;
    let at = this.length;
    let quoted = false;
    for (let i = from; i < to; i++) {
      const byte = json[i]!;
      // Blanks outside of texts are the writer's taste.
      if (byte <= 32 && !quoted) continue;
      if (byte === QUOTE) quoted = !quoted;
      if (byte === QUOTE || byte === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = byte;
      if (byte !== BACKSLASH) continue;
      // What a backslash escapes comes with it.
      if (json[++i] === QUOTE || json[i] === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = json[i]!;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** Adds a member whose text seldom needs escapes. */
  addCell(key: Words, text: Uint8Array, from: number, to: number): void {
    this.#reserve(key.length + to - from);
    const start = this.length;
    this.#key(key);
    const { bytes } = this;
    let at = this.length;
    for (let i = from; i < to; i++) {
      const byte = text[i]!;
      if (byte < 32 || byte === QUOTE || byte === BACKSLASH) {
        this.length = start;
        return this.addText(key, text, from, to);
      }
      bytes[at++] = byte;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** Adds a member with any text. */
  addText(key: Words, text: Uint8Array, from: number, to: number): void {
    const inner = JSON.stringify(Buffer.from(text.subarray(from, to)).toString("utf8"));
    const bytes = Buffer.from(inner.slice(1, -1));
    this.addPlain(key, bytes, 0, bytes.length);
  }

  /** Ends the object; false if it has no member, and is none. The comma before the first member becomes the brace. */
  end(): boolean {
    if (this.length === 0) return false;
    this.bytes[0] = OPEN;
    this.bytes[this.length++] = CLOSE;
    return true;
  }

  #key(key: Words): void {
    key.writeAt(this.bytes, this.#view, this.length);
    this.length += key.length;
  }

  #reserve(more: number): void {
    const needed = this.length + more + 8;
    if (needed <= this.bytes.length) return;
    const longer = Buffer.alloc(Math.max(2 * this.bytes.length, needed));
    longer.set(this.bytes.subarray(0, this.length));
    this.bytes = longer;
    this.#view = viewOf(longer);
  }
}

/** From this length on, one call out of the engine is faster than a loop. */
const LONG = 512;
