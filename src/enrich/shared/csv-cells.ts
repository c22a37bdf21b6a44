const QUOTE = 34;
const COMMA = 44;
const SPACE = 32;

/** The first cells of one line of CSV as positions; spaces and quotes around a cell are not part of it. */
export class CsvCells {
  readonly from: Int32Array;
  readonly to: Int32Array;
  count = 0;

  constructor(most: number) {
    this.from = new Int32Array(most);
    this.to = new Int32Array(most);
  }

  /** Splits `[from, to)`; cells beyond the most that it holds are dropped. A comma within quotes does not split. */
  split(bytes: Uint8Array, from: number, to: number): void {
    this.count = 0;
    let start = from;
    let quoted = false;
    for (let at = from; at <= to && this.count < this.from.length; at++) {
      const byte = at < to ? bytes[at]! : COMMA;
      if (byte === QUOTE && at < to) quoted = !quoted;
      if (byte !== COMMA || (quoted && at < to)) continue;
      this.#keep(bytes, start, at);
      start = at + 1;
    }
  }

  /** The text of a cell; `""` where the line has no such cell. A doubled quote within stays doubled. */
  text(bytes: Buffer, cell: number): string {
    return cell < this.count ? bytes.toString("utf8", this.from[cell], this.to[cell]) : "";
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    let to = end;
    while (from < to && bytes[from] === SPACE) from++;
    while (to > from && bytes[to - 1] === SPACE) to--;
    if (to - from >= 2 && bytes[from] === QUOTE && bytes[to - 1] === QUOTE) {
      from++;
      to--;
    }
    this.from[this.count] = from;
    this.to[this.count++] = to;
  }
}
