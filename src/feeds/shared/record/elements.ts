// Of its own: the engine does not fold constants of other modules.
const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/** So many elements may seem to begin within one before it is held to be broken. */
const MOST_SUSPECTS = 3;

/** Blanks, line ends, and what stands between the elements of a list. */
const between = new Uint8Array(256);
for (const byte of [32, 9, 13, LF, COMMA, OPEN_LIST, CLOSE_LIST]) between[byte] = 1;

/**
 * Finds the elements of a JSON list, of lists one after another, or bare objects one after another. An element whose braces
 * or quotes do not close ends where a line begins an object in the element's own column: that is the next one.
 */
export class ElementScanner {
  /** The element: its bytes `[from, to)` and the line on which it begins. */
  from = 0;
  to = 0;
  line: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #longest: number;
  #at: number;
  #line: number;

  /** `longest`: an element with more bytes is not searched for its end. */
  constructor(
    bytes: Uint8Array,
    [from, to]: readonly [number, number],
    line: number,
    longest: number,
  ) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    this.#longest = longest;
    this.line = this.#line = line;
  }

  /** Goes on to the next element; false if there is none. */
  next(): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < this.#end && between[bytes[at]!] === 1) if (bytes[at++] === LF) this.#line++;
    if (at >= this.#end) return false;
    this.from = at;
    this.line = this.#line;
    if (bytes[at] === OPEN) this.#object(at);
    else this.#value(at);
    this.#at = this.to;
    return true;
  }

  /** Something else than an object: up to the next comma, line end or bracket. */
  #value(from: number): void {
    const bytes = this.#bytes;
    let at = from;
    for (let quoted = false; at < this.#end && bytes[at] !== LF; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (quoted && byte === BACKSLASH) at++;
      else if (!quoted && (byte === COMMA || byte === CLOSE_LIST)) break;
    }
    this.to = Math.min(at, this.#end);
  }

  #object(from: number): void {
    const bytes = this.#bytes;
    const indent = this.#indentOf(from);
    const stop = Math.min(this.#end, from + this.#longest);
    let line = this.#line;
    let depth = 0;
    let quoted = false;
    let broken = false;
    let suspects = 0;
    let next = -1;
    let nextLine = 0;
    for (let at = from; at < stop; at++) {
      const byte = bytes[at];
      if (byte === LF) {
        line++;
        // A line end cannot stand within quotes: one is missing.
        if (quoted) broken = !(quoted = false);
        if (!this.#beginsElement(at + 1, indent)) continue;
        if (next < 0) [next, nextLine] = [at + 1, line];
        if (broken || ++suspects === MOST_SUSPECTS) return this.#endAt(next, nextLine);
      } else if (quoted) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) quoted = false;
      } else if (byte === QUOTE) quoted = true;
      else if (byte === OPEN) depth++;
      else if (byte === CLOSE && --depth === 0 && !broken) return this.#endAt(at + 1, line);
    }
    if (next >= 0) return this.#endAt(next, nextLine);
    if (stop < this.#end) line = this.#skipLine(stop, line);
    else this.to = this.#end;
    this.#line = line;
  }

  /** An element too long to search: it goes on to the end of its line. */
  #skipLine(from: number, line: number): number {
    const lf = this.#bytes.subarray(0, this.#end).indexOf(LF, from);
    this.to = lf < 0 ? this.#end : lf;
    return line;
  }

  #endAt(to: number, line: number): void {
    this.to = to;
    this.#line = line;
  }

  /** How many blanks stand before the element; -1 if it is not the first in its line. */
  #indentOf(from: number): number {
    let at = from;
    while (at > 0 && (this.#bytes[at - 1] === 32 || this.#bytes[at - 1] === 9)) at--;
    return at === 0 || this.#bytes[at - 1] === LF ? from - at : -1;
  }

  #beginsElement(at: number, indent: number): boolean {
    if (indent < 0 || this.#bytes[at + indent] !== OPEN) return false;
    for (let i = at; i < at + indent; i++)
      if (this.#bytes[i] !== 32 && this.#bytes[i] !== 9) return false;
    return at + indent < this.#end;
  }
}
