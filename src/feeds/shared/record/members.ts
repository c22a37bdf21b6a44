import { areSameBytes, copyBytes } from "../../../core/observation/index.ts";
import { singleQuotes } from "../csv/index.ts";
import { flatten, type JsonObject, listOf, parseJson } from "./json.ts";
import type { NameTable } from "./names.ts";
import { holds, type Lists, MemberScanner } from "./scan.ts";
import { Scratch } from "./scratch.ts";

/** What a member that was put beside the record's own holds: a value of ours. */
const VALUE = 7;
/** What a cell of a table holds: a text of which JSON may have to escape something; with doubled quotes in it. */
export const cells = { plain: 8, doubled: 9 } as const;

/** What {@link Members.open} found. `nothing`: null, or an empty text, list or object; `raw`: a list or an object. */
export type Opened = "nothing" | "text" | "number" | "raw";

/**
 * The members of one record, or the cells of one row of a table, by their flat names: `source.ip` is a member of that name, or the member `ip` of an object
 * `source`. The same for every record, so that reading makes no garbage.
 */
export class Members {
  /** Where the member opened last lies. */
  bytes: Buffer = Buffer.alloc(0);
  from = 0;
  to = 0;
  readonly names: NameTable;
  readonly #scanner: MemberScanner;
  readonly #lists: Lists;
  readonly #scratch = new Scratch();
  readonly #values: unknown[] = [];
  /** Per name: the member that has it, and the record in which it has. */
  #slotOf = new Int32Array(1024);
  #recordOf = new Float64Array(1024);
  #record = 0;
  #block: Buffer = Buffer.alloc(0);
  /** How many members the record itself has. */
  #own = 0;
  /** Whether the member opened last keeps its escapes. */
  #copied = false;
  readonly #covered: number[] = [];
  /** Per name: its text in a record before, as most come again. */
  readonly #memos: (Memo | undefined)[] = [];
  readonly #listMemos: ({ bytes: Uint8Array; texts: readonly string[] } | undefined)[] = [];

  constructor(names: NameTable, lists: Lists = "ones") {
    this.names = names;
    this.#lists = lists;
    this.#scanner = new MemberScanner(names, lists);
  }

  /** How many members there are, numbered from 0. */
  get count(): number {
    return this.#scanner.count;
  }

  /** Reads the record in `[from, to)` of a block; false if that is no JSON object. */
  read(block: Buffer, from: number, to: number): boolean {
    this.#begin(block);
    if (this.#scanner.scan(block, from, to) && this.#index()) {
      this.#own = this.count;
      return true;
    }
    const value = parseJson(block.toString("utf8", from, to));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    this.takeObject(value as JsonObject, block);
    return true;
  }

  /** Takes an object that was parsed already for the record. */
  takeObject(object: JsonObject, block: Buffer): void {
    this.beginRow(block);
    this.put(flatten(object, this.#lists));
    this.endRow();
  }

  /** Begins a row of a table, whose cells lie in the block. */
  beginRow(block: Buffer): void {
    this.#begin(block);
    this.#scanner.count = 0;
    this.#own = 0;
    this.#reserve();
  }

  /** Adds the cell of the column with this name's number; it holds one of {@link cells}. */
  addCell(name: number, held: number, from: number, to: number): void {
    const scanner = this.#scanner;
    const slot = scanner.count++;
    scanner.id[slot] = name;
    scanner.type[slot] = held;
    scanner.from[slot] = from;
    scanner.to[slot] = to;
    this.#recordOf[name] = this.#record;
    this.#slotOf[name] = slot;
  }

  /** Adds a cell that was cut out of the row. */
  addText(name: number, text: string): void {
    this.#values[this.count] = text;
    this.addCell(name, VALUE, 0, 0);
  }

  /** Ends the row. */
  endRow(): void {
    this.#own = this.count;
    this.#covered.length = 0;
  }

  #begin(block: Buffer): void {
    this.#block = block;
    this.#record++;
    this.#covered.length = 0;
  }

  /** False if two members have one name. */
  #index(): boolean {
    const { id, count } = this.#scanner;
    this.#reserve();
    for (let slot = 0; slot < count; slot++) {
      const name = id[slot]!;
      if (this.#recordOf[name] === this.#record) return false;
      this.#recordOf[name] = this.#record;
      this.#slotOf[name] = slot;
    }
    return true;
  }

  #reserve(): void {
    const { size } = this.names;
    if (size <= this.#slotOf.length) return;
    const slots = new Int32Array(2 * size);
    slots.set(this.#slotOf);
    this.#slotOf = slots;
    const records = new Float64Array(2 * size);
    records.set(this.#recordOf);
    this.#recordOf = records;
  }

  /** Puts members beside the record's own, or in their place, until {@link forget}. */
  put(facts: Readonly<JsonObject>): void {
    const { id, type } = this.#scanner;
    for (const name in facts) {
      const number = this.names.idOf(name);
      this.#reserve();
      const slot = this.#scanner.count++;
      this.#covered.push(this.slotOf(number));
      id[slot] = number;
      type[slot] = VALUE;
      this.#values[slot] = facts[name];
      this.#recordOf[number] = this.#record;
      this.#slotOf[number] = slot;
    }
  }

  /** Takes away what was put. */
  forget(): void {
    const { id } = this.#scanner;
    for (let slot = this.count - 1; slot >= this.#own; slot--) {
      const before = this.#covered.pop()!;
      this.#slotOf[id[slot]!] = before;
      if (before < 0) this.#recordOf[id[slot]!] = 0;
    }
    this.#scanner.count = this.#own;
  }

  /** The member of a name's number; -1 if there is none. */
  slotOf(name: number): number {
    return this.#recordOf[name] === this.#record ? this.#slotOf[name]! : -1;
  }

  /** The name's number of a member; 0 for one in whose place another was put. */
  nameAt(slot: number): number {
    const name = this.#scanner.id[slot]!;
    return this.#slotOf[name] === slot ? name : 0;
  }

  /** Opens a member: its bytes are those of its text without blanks around it, or of its JSON. */
  open(slot: number): Opened {
    const { type, from, to } = this.#scanner;
    const held = type[slot]!;
    if (held === holds.nothing) return "nothing";
    if (held === VALUE) return this.#openValue(this.#values[slot]);
    this.bytes = this.#block;
    this.from = from[slot]!;
    this.to = to[slot]!;
    switch (held) {
      case holds.text:
        return this.#trimmed();
      case holds.escaped:
        return this.#openValue(
          JSON.parse(this.#block.toString("utf8", this.from - 1, this.to + 1)),
        );
      case cells.plain:
        return this.#trimmed();
      case cells.doubled:
        this.#scratch.reserve(this.to - this.from);
        this.to = singleQuotes(this.bytes, this.from, this.to, this.#scratch.bytes);
        this.from = 0;
        this.bytes = this.#scratch.bytes;
        return this.#trimmed();
      case holds.raw:
        return this.to - this.from === 2 ? "nothing" : "raw";
      default:
        return "number";
    }
  }

  /**
   * The same, for who copies the member into JSON: where {@link isPlain} says so, the bytes are the text as JSON writes it, with the
   * escapes that it has.
   */
  openForJson(slot: number): Opened {
    const { type, from, to } = this.#scanner;
    this.#copied = false;
    if (type[slot] !== holds.escaped) return this.open(slot);
    const [start, end] = trimEscaped(this.#block, from[slot]!, to[slot]!);
    if (start === end || mayBeginBlank(this.#block, start, end)) return this.open(slot);
    this.#copied = true;
    this.bytes = this.#block;
    this.from = start;
    this.to = end;
    return "text";
  }

  #openValue(value: unknown): Opened {
    if (value === undefined || value === null) return "nothing";
    const nested = typeof value === "object";
    const text = typeof value === "string" ? value : JSON.stringify(value);
    this.from = 0;
    this.to = this.#scratch.write(text);
    this.bytes = this.#scratch.bytes;
    if (nested) return this.to === 2 ? "nothing" : "raw";
    return typeof value === "string" ? this.#trimmed() : "number";
  }

  #trimmed(): Opened {
    const { bytes } = this;
    while (this.from < this.to && bytes[this.from]! <= 32) this.from++;
    while (this.to > this.from && bytes[this.to - 1]! <= 32) this.to--;
    return this.from === this.to ? "nothing" : "text";
  }

  /** Whether the text of the member opened last for JSON stands as JSON writes it: nothing in it is to be escaped. */
  isPlain(slot: number): boolean {
    return this.#copied || this.#scanner.type[slot] === holds.text;
  }

  /** The value of a member of the record; `undefined` if there is none. Off the hot path: it makes one. */
  get(name: string): unknown {
    const slot = this.slotOf(this.names.find(name));
    if (slot < 0) return undefined;
    const { type, from, to } = this.#scanner;
    const held = type[slot]!;
    if (held === VALUE) return this.#values[slot];
    if (held === holds.text) return this.#block.toString("utf8", from[slot], to[slot]);
    const quotes = held === holds.escaped ? 1 : 0;
    return parseJson(this.#block.toString("utf8", from[slot]! - quotes, to[slot]! + quotes));
  }

  /** The text, or the digits, of a member without blanks around it; `""` if there is none. */
  text(name: string): string {
    const slot = this.slotOf(this.names.find(name));
    return slot < 0 ? "" : this.textAt(slot);
  }

  /** The text, or the digits, of a member. */
  textAt(slot: number): string {
    const opened = this.open(slot);
    return opened === "text" || opened === "number" ? this.#openedText(slot) : "";
  }

  /** The same, and of a list or an object its JSON. */
  wordsAt(slot: number): string {
    return this.open(slot) === "nothing" ? "" : this.#openedText(slot);
  }

  #openedText(slot: number): string {
    const { bytes, from, to } = this;
    const id = this.#scanner.id[slot]!;
    const memo = this.#memos[id];
    if (memo !== undefined && memo.holds(bytes, from, to)) return memo.text;
    const text = bytes.toString("utf8", from, to);
    if (to - from <= MOST_REMEMBERED) (this.#memos[id] ??= new Memo()).keep(bytes, from, to, text);
    return text;
  }

  /** The texts of a member that is a list of them, or a text by itself. */
  texts(name: string): readonly string[] {
    const slot = this.slotOf(this.names.find(name));
    if (slot < 0) return none;
    if (this.open(slot) !== "raw") {
      const text = this.textAt(slot);
      return text === "" ? none : [text];
    }
    const { bytes, from, to } = this;
    const id = this.#scanner.id[slot]!;
    const memo = this.#listMemos[id];
    if (memo !== undefined && isSame(memo.bytes, bytes, from, to)) return memo.texts;
    const copy = Uint8Array.from(bytes.subarray(from, to));
    const texts = listOf(this.get(name)).filter((text) => typeof text === "string");
    if (to - from <= MOST_REMEMBERED) this.#listMemos[id] = { bytes: copy, texts };
    return texts;
  }

  /** The first text of a list, or the text by itself; `""` if there is none. */
  firstText(name: string): string {
    const slot = this.slotOf(this.names.find(name));
    if (slot < 0) return "";
    const opened = this.open(slot);
    if (opened !== "raw") return this.textAt(slot);
    const { bytes, from, to } = this;
    const end = bytes[from + 1] === QUOTE ? bytes.indexOf(QUOTE, from + 2) : -1;
    const text = end < 0 || end > to ? "\\" : bytes.toString("utf8", from + 2, end);
    return text.includes("\\") ? (this.texts(name)[0] ?? "") : text;
  }

  /** Whether a member is a list, of several. */
  isList(name: string): boolean {
    const slot = this.slotOf(this.names.find(name));
    return slot >= 0 && this.open(slot) === "raw";
  }

  /** Whether two members are there and have the same text. */
  areSame(one: string, other: string): boolean {
    const slot = this.slotOf(this.names.find(one));
    if (slot < 0 || this.open(slot) === "nothing") return false;
    const text = this.bytes.subarray(this.from, this.to);
    const second = this.slotOf(this.names.find(other));
    return (
      second >= 0 && this.open(second) !== "nothing" && isSame(text, this.bytes, this.from, this.to)
    );
  }

  /** The names of the members that begin so. */
  namesUnder(beginning: string): string[] {
    const names: string[] = [];
    for (let slot = 0; slot < this.count; slot++) {
      const name = this.names.textOf(this.nameAt(slot));
      if (name.startsWith(beginning)) names.push(name);
    }
    return names;
  }

  /** Whether there is a member of this name with something in it. */
  has(name: string): boolean {
    const slot = this.slotOf(this.names.find(name));
    return slot >= 0 && this.open(slot) !== "nothing";
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
/** The letters of escapes that stand for blanks: `r`, `n`, `t`. */
const blankLetters: ReadonlySet<number> = new Set([114, 110, 116]);

/** Where the text is without blanks around it, escaped ones too. */
function trimEscaped(bytes: Uint8Array, start: number, end: number): readonly [number, number] {
  let [from, to] = [start, end];
  for (;;) {
    if (from < to && bytes[from]! <= 32) from++;
    else if (bytes[from] === BACKSLASH && blankLetters.has(bytes[from + 1]!)) from += 2;
    else break;
  }
  for (;;) {
    if (to > from && bytes[to - 1]! <= 32) to--;
    else if (to - from >= 2 && blankLetters.has(bytes[to - 1]!) && escapes(bytes, from, to - 2))
      to -= 2;
    else return [from, Math.max(from, to)];
  }
}

/** Whether the byte at `at` is a backslash that no other one escapes. */
function escapes(bytes: Uint8Array, from: number, at: number): boolean {
  let first = at;
  while (first >= from && bytes[first] === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

/** Whether an escape by number, which may be of a blank, stands at an end of the text. */
function mayBeginBlank(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] === BACKSLASH && !escapesItself(bytes[from + 1]!);
  return first || bytes[to - 6] === BACKSLASH || bytes[to - 2] === BACKSLASH;
}

function escapesItself(byte: number): boolean {
  return byte === QUOTE || byte === BACKSLASH || byte === 47;
}

const none: readonly string[] = [];

const MOST_REMEMBERED = 64;

/** A text by its bytes. */
class Memo {
  text = "";
  readonly #bytes = new Uint8Array(MOST_REMEMBERED);
  #length = 0;

  holds(bytes: Uint8Array, from: number, to: number): boolean {
    return this.#length === to - from && areSameBytes(this.#bytes, 0, bytes, from, to);
  }

  keep(bytes: Uint8Array, from: number, to: number, text: string): void {
    copyBytes(this.#bytes, 0, bytes, from, to);
    this.#length = to - from;
    this.text = text;
  }
}

function isSame(text: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if (text[i] !== bytes[from + i]) return false;
  return true;
}
