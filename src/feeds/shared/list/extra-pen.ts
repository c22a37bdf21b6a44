import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { type Fields, type RecordMapping, silence } from "./record-mapping.ts";

// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** Up to so many characters, writing them one by one is faster than a call of the engine. */
const SHORT = 48;

/** How many names of members are remembered. */
const MOST_KEYS = 4096;

const nobody = Buffer.alloc(0);

/** Writes texts, and the JSON object of all that no field of an observation took. */
export class ExtraPen {
  #bytes = Buffer.alloc(4096);
  #length = 0;
  readonly #nothing: ReadonlySet<string>;
  readonly #longest: number;
  readonly #leftOut: readonly string[];
  readonly #keys = new Map<string, Buffer>();
  readonly #taken: string[] = [];
  readonly #added: string[] = [];

  constructor({ nothing = [], leaveOut = [] }: Pick<RecordMapping, "nothing" | "leaveOut">) {
    this.#nothing = new Set([...silence, ...nothing]);
    this.#longest = Math.max(...[...this.#nothing].map((word) => word.length));
    this.#leftOut = leaveOut;
  }

  /** Begins a row. */
  begin(): void {
    this.#taken.length = this.#added.length = 0;
  }

  /** Tells that a field has the column. */
  take(column: string): void {
    this.#taken.push(column);
  }

  /** Adds a member that is no column. */
  add(name: string, value: string): void {
    this.#added.push(name, value);
  }

  /** Whether the text says nothing. */
  saysNothing(text: string): boolean {
    return text.length <= this.#longest && this.#nothing.has(text);
  }

  /** Sets `ref` to the object of what is left; leaves it alone if nothing is. */
  write(fields: Fields, into: ObservationBuilder, ref: TextRef): void {
    this.#length = 0;
    const added = this.#added;
    for (let at = 0; at < added.length; at += 2) this.#member(added[at]!, added[at + 1]!);
    for (const column in fields) {
      const value = fields[column]!;
      if (!this.saysNothing(value) && !this.#taken.includes(column)) this.#member(column, value);
    }
    if (this.#length === 0) return;
    // The comma before the first member becomes the brace.
    this.#bytes[0] = OPEN;
    this.#bytes[this.#length] = CLOSE;
    into.text(this.#bytes, 0, this.#length + 1, ref);
  }

  /** Sets `ref` to the text. */
  encode(text: string, into: ObservationBuilder, ref: TextRef): void {
    this.#length = 0;
    this.#reserve(3 * text.length);
    let length = text.length <= SHORT ? writeAscii(text, this.#bytes) : -1;
    if (length < 0) length = this.#bytes.write(text, 0);
    into.text(this.#bytes, 0, length, ref);
  }

  #member(name: string, value: string): void {
    const key = this.#key(name);
    if (key.length === 0) return;
    this.#reserve(key.length + 6 * value.length);
    const bytes = this.#bytes;
    bytes.set(key, this.#length);
    const start = this.#length + key.length;
    const end = start + value.length;
    for (let at = start; at < end; at++) {
      const code = value.charCodeAt(at - start);
      if (code < 32 || code > 126 || code === QUOTE || code === BACKSLASH) {
        this.#length = start - 1 + bytes.write(JSON.stringify(value), start - 1);
        return;
      }
      bytes[at] = code;
    }
    bytes[end] = QUOTE;
    this.#length = end + 1;
  }

  /** `,"name":"`, or nothing for what is left out. */
  #key(name: string): Buffer {
    let key = this.#keys.get(name);
    if (key === undefined) {
      const out = this.#leftOut.some((it) =>
        it.endsWith("*") ? name.startsWith(it.slice(0, -1)) : name === it,
      );
      key = out ? nobody : Buffer.from(`,${JSON.stringify(name)}:"`);
      if (this.#keys.size < MOST_KEYS) this.#keys.set(name, key);
    }
    return key;
  }

  #reserve(more: number): void {
    const needed = this.#length + more + 16;
    if (needed <= this.#bytes.length) return;
    const longer = Buffer.alloc(2 * needed);
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}

/** Writes the text; -1 if it is not ASCII. */
function writeAscii(text: string, into: Uint8Array): number {
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return -1;
    into[at] = code;
  }
  return length;
}
