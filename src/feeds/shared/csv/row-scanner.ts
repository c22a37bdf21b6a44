// Of its own: the engine does not fold constants of other modules.
const CR = 13;
const LF = 10;
const QUOTE = 34;
const SPACE = 32;

/** How a row is shaped; what is no `whole` row ends at its first physical line. */
export const shapes = { whole: 0, misquoted: 1, short: 2, long: 3 } as const;

/** Longest quoted cell with line breaks in it, bytes. */
export const BROKEN_CELL_LIMIT = 65_536;

/**
 * Finds the cells of one CSV row after another (RFC 4180, any line end), without making a string or an object.
 *
 * Cell `i` of the row found last lies between the delimiters at `edges[i]` and `edges[i + 1]`, both exclusive, with its
 * quotes if it has any. A quote inside an unquoted cell is a letter like any other, as it is to most readers.
 */
export class RowScanner {
  /** Positions of the row's delimiters; the first is the byte before the row, entry `cells` its line end. */
  edges: Int32Array;
  /** How many cells the row has; meaningless for a misquoted one. */
  found = 0;
  /** Where the next row begins. */
  next = 0;
  /** How many physical lines the row takes. */
  lines = 1;
  /** Whether a quoted cell holds a doubled quote. */
  doubled = false;
  readonly #cells: number;
  readonly #delimiter: number;
  /** 1 for the bytes that end an unquoted cell. */
  readonly #ends = new Uint8Array(256);
  #breaks = 0;

  constructor(cells: number, delimiter: number) {
    this.#cells = cells;
    this.#delimiter = delimiter;
    this.edges = new Int32Array(cells + 1);
    this.#ends[LF] = this.#ends[CR] = this.#ends[delimiter] = 1;
  }

  /** Scans the row at `from`. `block[to - 1]` must be a line end. Returns one of {@link shapes}. */
  scan(block: Uint8Array, from: number, to: number): number {
    const edges = this.edges;
    const delimiter = this.#delimiter;
    const ends = this.#ends;
    const cells = this.#cells;
    let at = from;
    let cell = 0;
    let byte = 0;
    this.doubled = false;
    this.#breaks = 0;
    edges[0] = from - 1;
    do {
      byte = block[at]!;
      if (byte === QUOTE) {
        at++;
        // Four bytes a turn, as every turn of a loop costs a look at the engine's interrupt flag.
        for (;;) {
          if ((byte = block[at]!) <= QUOTE && byte !== SPACE) break;
          at++;
          if ((byte = block[at]!) <= QUOTE && byte !== SPACE) break;
          at++;
          if ((byte = block[at]!) <= QUOTE && byte !== SPACE) break;
          at++;
          if ((byte = block[at]!) <= QUOTE && byte !== SPACE) break;
          at++;
        }
        if (byte !== QUOTE || ends[block[at + 1]!] === 0) {
          at = this.#closeQuote(block, at, to);
          if (at < 0) return this.#firstLine(block, from, to, shapes.misquoted);
        }
        byte = block[++at]!;
      } else {
        while (ends[byte] === 0) byte = block[++at]!;
      }
      cell++;
      if (cell <= cells) edges[cell] = at;
      at++;
    } while (byte === delimiter);
    this.found = cell;
    this.lines = 1 + this.#breaks;
    this.next = at < to && byte === CR && block[at] === LF ? at + 1 : at;
    if (cell === cells) return shapes.whole;
    if (this.#breaks > 0) return this.#firstLine(block, from, to, shapes.misquoted);
    return cell < cells ? shapes.short : shapes.long;
  }

  /** Takes the short row that was found for one whose missing cells are empty. Returns its new shape. */
  fillUp(): number {
    const edges = this.edges;
    for (let cell = this.found + 1; cell <= this.#cells; cell++)
      edges[cell] = edges[this.found]! + cell - this.found;
    return shapes.whole;
  }

  /**
   * Goes on from `from`, inside of a quoted cell, to the quote that closes it; -1 if none does, or one
   * stands in the midst.
   */
  #closeQuote(block: Uint8Array, from: number, to: number): number {
    let at = from;
    for (;;) {
      const byte = block[at]!;
      if (byte === QUOTE) {
        const next = block[at + 1]!;
        if (this.#ends[next] === 1) return at;
        if (next !== QUOTE) return -1;
        this.doubled = true;
        at++;
      } else if (byte === LF || byte === CR) {
        if (at === to - 1 || at - from > BROKEN_CELL_LIMIT) return -1;
        this.#breaks++;
        if (byte === CR && block[at + 1] === LF && at < to - 2) at++;
      }
      at++;
    }
  }

  #firstLine(block: Uint8Array, from: number, to: number, shape: number): number {
    let at = from;
    while (block[at] !== LF && block[at] !== CR) at++;
    this.next = at + 1 < to && block[at] === CR && block[at + 1] === LF ? at + 2 : at + 1;
    this.lines = 1;
    return shape;
  }
}
