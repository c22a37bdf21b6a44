import { cells, type Members } from "../record/index.ts";
import type { TextLayout } from "./list-type.ts";

// Of its own: the engine does not fold constants of other modules.
const TAB = 9;
const SPACE = 32;
const QUOTE = 34;

/** The bytes that no pattern for delimiters finds: see {@link TextLayout.delimiter}. */
const solid = new Uint8Array(256).fill(1, 33);
for (const mark of ",;|#") solid[mark.charCodeAt(0)] = 0;

/** Cuts plain rows into cells where they stand, without making a text. */
export class CellCutter {
  /** The byte that parts cells; -1 where it is a pattern, -2 where the layout has a way of its own. */
  readonly #delimiter: number;
  readonly #ragged: boolean;
  readonly #names: readonly number[];
  readonly #members: Members;

  /** `names` are the numbers of the columns' names. */
  constructor(
    { delimiter = ",", cut, ragged = false }: TextLayout,
    names: readonly number[],
    members: Members,
  ) {
    const one = typeof delimiter === "string" && delimiter.length === 1;
    this.#delimiter = cut ? -2 : one ? delimiter.charCodeAt(0) : -1;
    this.#ragged = ragged;
    this.#names = names;
    this.#members = members;
  }

  /** Makes the row's cells the members; false if that takes more than this. */
  cut(block: Buffer, from: number, to: number): boolean {
    if (this.#delimiter === -2) return false;
    this.#members.beginRow(block);
    const found = this.#delimiter < 0 ? this.#one(block, from, to) : this.#all(block, from, to);
    this.#members.endRow();
    return found;
  }

  /** A row that is one cell. */
  #one(block: Buffer, from: number, to: number): boolean {
    if (!this.#ragged && this.#names.length > 1) return false;
    for (let at = from; at < to; at++) if (solid[block[at]!] === 0) return false;
    this.#members.addCell(this.#names[0]!, cells.plain, from, to);
    return true;
  }

  #all(block: Buffer, from: number, to: number): boolean {
    const members = this.#members;
    const names = this.#names;
    const delimiter = this.#delimiter;
    let at = from;
    let column = 0;
    for (; ; column++, at++) {
      if (column === names.length) return false;
      while (at < to && isBlank(block[at]!) && block[at] !== delimiter) at++;
      let start = at;
      let end = at;
      let held: number = cells.plain;
      if (block[at] === QUOTE && at < to) {
        start++;
        end = this.#endOfQuoted(block, start, to);
        if (end < 0) return false;
        if (this.#doubled) held = cells.doubled;
        at = end + 1;
        while (at < to && isBlank(block[at]!) && block[at] !== delimiter) at++;
        if (at < to && block[at] !== delimiter) return false;
      } else {
        while (at < to && block[at] !== delimiter) at++;
        end = at;
      }
      members.addCell(names[column]!, held, start, end);
      if (at >= to) break;
    }
    return this.#ragged || column === names.length - 1;
  }

  /** Whether the cell that was found last has doubled quotes. */
  #doubled = false;

  /** The quote that ends the cell; -1 if none does. */
  #endOfQuoted(block: Buffer, from: number, to: number): number {
    this.#doubled = false;
    for (let at = from; at < to; at++) {
      if (block[at] !== QUOTE) continue;
      if (at + 1 >= to || block[at + 1] !== QUOTE) return at;
      this.#doubled = true;
      at++;
    }
    return -1;
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
