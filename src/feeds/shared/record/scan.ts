import { viewOf } from "../../../core/observation/index.ts";
import type { Entry, NameTable } from "./names.ts";

// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;
const ZERO = 48;

/**
 * What becomes of lists: `ones`: a list of one is the one, a longer one stays a list. `items`: the members of its objects are
 * `name.0.inner`, a list of anything else stays one.
 */
export type Lists = "ones" | "items";

/** What a member holds. `escaped`: a text with backslashes; `raw`: a list, or an object too deep to be spread out. */
export const holds = { text: 1, escaped: 2, number: 3, word: 4, nothing: 5, raw: 6 } as const;

/** The bytes that do not stand for themselves in a text. */
const special = new Uint8Array(256).fill(1, 0, 32);
special[QUOTE] = special[BACKSLASH] = 1;

/** How deep objects are spread out. */
const DEEPEST = 8;
/** How deep lists and objects may lie within each other at all. */
const DEEPEST_RAW = 64;

/** Finds the members of a record in the bytes of its JSON, and makes nothing: no object, no text. */
export class MemberScanner {
  /** Per member: the number of its flat name, what it holds, and where. */
  readonly id: number[] = [];
  readonly type: number[] = [];
  readonly from: number[] = [];
  readonly to: number[] = [];
  count = 0;
  readonly #names: NameTable;
  readonly #items: boolean;
  #bytes: Buffer = Buffer.alloc(0);
  #view = viewOf(this.#bytes);
  #end = 0;
  #last: Entry;

  constructor(names: NameTable, lists: Lists) {
    this.#names = names;
    this.#items = lists === "items";
    this.#last = names.root;
  }

  /**
   * Finds the members of the object in `[from, to)`. False: that is no well-formed object, or one of a sort that is seldom
   * met (escapes in a name, nested very deep), and must be read another way.
   */
  scan(bytes: Buffer, from: number, to: number): boolean {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#end = to;
    this.#last = this.#names.root;
    this.count = 0;
    return bytes[from] === OPEN && this.#object(from + 1, this.#names.root, 0) === to;
  }

  /** From behind the brace to behind the other; -1 if it is none. */
  #object(start: number, parent: Entry, depth: number): number {
    const bytes = this.#bytes;
    let at = this.#skipBlanks(start);
    if (bytes[at] === CLOSE) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const entry = this.#name(at + 1, parent);
      if (entry === undefined) return -1;
      at = this.#skipBlanks(at + 1 + entry.key.length);
      if (bytes[at] !== COLON) return -1;
      at = this.#skipBlanks(at + 1);
      at = this.#spread(at, entry, depth);
      if (at < 0) return -1;
      at = this.#skipBlanks(at);
      const byte = bytes[at];
      if (at >= this.#end) return -1;
      if (byte === CLOSE) return at + 1;
      if (byte !== COMMA) return -1;
      at = this.#skipBlanks(at + 1);
    }
  }

  /** A member: its members if it is an object, or a list of one; else itself. */
  #spread(start: number, entry: Entry, depth: number): number {
    const bytes = this.#bytes;
    if (depth >= DEEPEST) return this.#member(start, entry.id);
    if (bytes[start] === OPEN) return this.#object(start + 1, entry, depth + 1);
    if (bytes[start] !== OPEN_LIST) return this.#member(start, entry.id);
    if (this.#items) return this.#spreadItems(start, entry, depth);
    const { count } = this;
    const first = this.#skipBlanks(start + 1);
    if (bytes[first] !== OPEN_LIST && bytes[first] !== CLOSE_LIST) {
      const one =
        bytes[first] === OPEN
          ? this.#object(first + 1, entry, depth + 1)
          : this.#member(first, entry.id);
      if (one < 0) return -1;
      const end = this.#skipBlanks(one);
      if (bytes[end] === CLOSE_LIST) return end + 1;
    }
    this.count = count;
    return this.#member(start, entry.id);
  }

  /** A list: the members of its objects, or itself if anything else is in it. */
  #spreadItems(start: number, entry: Entry, depth: number): number {
    const bytes = this.#bytes;
    const { count } = this;
    let at = this.#skipBlanks(start + 1);
    for (let place = 0; bytes[at] === OPEN; place++) {
      at = this.#object(at + 1, this.#names.item(entry, place), depth + 1);
      if (at < 0) return -1;
      at = this.#skipBlanks(at);
      if (bytes[at] === CLOSE_LIST && at < this.#end) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#skipBlanks(at + 1);
    }
    this.count = count;
    return this.#member(start, entry.id);
  }

  #name(from: number, parent: Entry): Entry | undefined {
    const guess = this.#last.after;
    if (
      guess !== undefined &&
      guess.parent === parent &&
      guess.key.areAt(this.#bytes, this.#view, from)
    ) {
      this.#last = guess;
      return guess;
    }
    const to = this.#text(from);
    if (to < 0 || this.#escaped) return undefined;
    const entry = this.#names.entry(parent, this.#bytes, from, to);
    this.#last.after = entry;
    this.#last = entry;
    return entry;
  }

  #member(at: number, id: number): number {
    const end = this.#value(at, 0);
    if (end < 0) return -1;
    const n = this.count++;
    const quoted = this.#held === holds.text || this.#held === holds.escaped;
    this.id[n] = id;
    this.type[n] = this.#held;
    this.from[n] = quoted ? at + 1 : at;
    this.to[n] = quoted ? end - 1 : end;
    return end;
  }

  /** What the value found last holds. */
  #held = 0;
  /** Whether the text found last has a backslash in it. */
  #escaped = false;

  /** From the first byte of a value to behind its last; -1 if it is none. */
  #value(at: number, depth: number): number {
    const byte = this.#bytes[at];
    if (byte === QUOTE) {
      const end = this.#text(at + 1);
      this.#held = this.#escaped ? holds.escaped : holds.text;
      return end < 0 ? -1 : end + 1;
    }
    if (byte === OPEN || byte === OPEN_LIST) {
      const end = depth < DEEPEST_RAW ? this.#raw(at, depth + 1) : -1;
      this.#held = holds.raw;
      return end;
    }
    return this.#literal(at);
  }

  /** From the first byte of a text to the quote behind it; -1 if it is none. */
  #text(from: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    this.#escaped = false;
    let at = from;
    for (;;) {
      // Four bytes a turn, as every turn of a loop costs a look at the engine's interrupt flag. Behind the block nothing is 0.
      for (;;) {
        if (special[bytes[at]!] !== 0) break;
        if (special[bytes[++at]!] !== 0) break;
        if (special[bytes[++at]!] !== 0) break;
        if (special[bytes[++at]!] !== 0) break;
        at++;
      }
      if (at >= end) return -1;
      if (bytes[at] === QUOTE) return at;
      if (bytes[at] !== BACKSLASH) return -1;
      this.#escaped = true;
      at = this.#escape(at + 1) + 1;
      if (at === 0) return -1;
    }
  }

  /** From behind a backslash to the last byte of the escape; -1 if it is none. */
  #escape(at: number): number {
    const letter = String.fromCharCode(this.#bytes[at] ?? 0);
    if ('"\\/bfnrt'.includes(letter)) return at;
    const hex = letter === "u" ? this.#bytes.toString("latin1", at + 1, at + 5) : "";
    return /^[0-9a-f]{4}$/i.test(hex) ? at + 4 : -1;
  }

  #literal(at: number): number {
    const bytes = this.#bytes;
    const byte = bytes[at];
    this.#held = byte === 0x6e ? holds.nothing : holds.word;
    if (byte === 0x74) return this.#word(at, "true");
    if (byte === 0x66) return this.#word(at, "false");
    if (byte === 0x6e) return this.#word(at, "null");
    this.#held = holds.number;
    return this.#number(at);
  }

  #word(at: number, word: string): number {
    const end = at + word.length;
    return end <= this.#end && this.#bytes.toString("latin1", at, end) === word ? end : -1;
  }

  #number(from: number): number {
    const bytes = this.#bytes;
    let at = bytes[from] === 45 ? from + 1 : from;
    const whole = at;
    at = this.#digits(at);
    if (at === whole || (bytes[whole] === ZERO && at > whole + 1)) return -1;
    if (bytes[at] === 46) {
      const fraction = at + 1;
      at = this.#digits(fraction);
      if (at === fraction) return -1;
    }
    if ((bytes[at]! | 0x20) !== 0x65) return at;
    at++;
    if (bytes[at] === 43 || bytes[at] === 45) at++;
    const exponent = at;
    at = this.#digits(at);
    return at === exponent ? -1 : at;
  }

  #digits(from: number): number {
    let at = from;
    while (at < this.#end && (this.#bytes[at]! - ZERO) >>> 0 <= 9) at++;
    return at;
  }

  /** A list or an object that is not spread out. */
  #raw(start: number, depth: number): number {
    const bytes = this.#bytes;
    const close = bytes[start] === OPEN ? CLOSE : CLOSE_LIST;
    let at = this.#skipBlanks(start + 1);
    if (bytes[at] === close) return at + 1;
    for (;;) {
      if (close === CLOSE) {
        at = bytes[at] === QUOTE ? this.#text(at + 1) : -1;
        if (at < 0) return -1;
        at = this.#skipBlanks(at + 1);
        if (bytes[at] !== COLON) return -1;
        at = this.#skipBlanks(at + 1);
      }
      at = this.#value(at, depth);
      if (at < 0) return -1;
      at = this.#skipBlanks(at);
      if (at >= this.#end) return -1;
      if (bytes[at] === close) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#skipBlanks(at + 1);
    }
  }

  #skipBlanks(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (let byte = bytes[at]; byte === 32 || byte === 10 || byte === 13 || byte === 9;)
      byte = bytes[++at];
    return at;
  }
}
