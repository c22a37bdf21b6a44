const QUOTE = 34;

/** Where the cells of a row part: one character, or what a pattern finds. */
export type Delimiter = string | RegExp;

/**
 * The cells of a row, without quotes and outer blanks; `undefined` if a quoted cell does not end in the row, or goes on
 * behind its end. Quotes mean something only in rows that are parted by a character, and only around a whole cell; blanks may stand
 * before them, as in the exports of abuse.ch.
 */
export function splitCells(row: string, delimiter: Delimiter): string[] | undefined {
  if (typeof delimiter !== "string") return row.trim().split(delimiter).map(trim);
  if (!row.includes('"')) return row.split(delimiter).map(trim);
  const cells: string[] = [];
  const mark = delimiter.charCodeAt(0);
  for (let at = 0; ;) {
    const start = skipBlanks(row, at, mark);
    if (row.charCodeAt(start) === QUOTE) {
      const end = endOfQuoted(row, start + 1);
      if (end < 0) return undefined;
      const cell = row.slice(start + 1, end);
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
      at = skipBlanks(row, end + 1, mark);
      if (at < row.length && row.charCodeAt(at) !== mark) return undefined;
    } else {
      const next = row.indexOf(delimiter, at);
      cells.push(row.slice(at, next < 0 ? undefined : next).trim());
      at = next < 0 ? row.length : next;
    }
    if (at >= row.length) return cells;
    at++;
  }
}

function skipBlanks(row: string, from: number, mark: number): number {
  let at = from;
  for (let code = 32; code === 32 || code === 9; at++) {
    code = row.charCodeAt(at);
    if (code === mark) break;
    if (code !== 32 && code !== 9) return at;
  }
  return at;
}

function endOfQuoted(row: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = row.indexOf('"', at);
    if (at < 0 || row.charCodeAt(at + 1) !== QUOTE) return at;
  }
}

function trim(cell: string): string {
  return cell.trim();
}
