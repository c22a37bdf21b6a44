import { countUp, radixOrder } from "./radix-order.ts";
import type { RangeList, WordCount } from "./ranges.ts";

/**
 * The address space of one version, cut at every end of every range. Cell i begins at `starts[..][i]` and ends before
 * cell i + 1; no range covers a cell in part.
 */
export interface Cells {
  readonly count: number;
  readonly starts: readonly Uint32Array[];
  /** For each range of each list: its first cell and the cell behind its last. */
  readonly spans: ReadonlyMap<RangeList, { first: Uint32Array; behind: Uint32Array }>;
}

/** Cuts the space at the ends of all ranges in `lists`. */
export function cutCells(words: WordCount, lists: readonly RangeList[]): Cells {
  const ranges = lists.reduce((sum, list) => sum + list.count, 0);
  const bounds = Array.from({ length: words }, () => new Uint32Array(2 * ranges + 1));
  const endless = new Uint8Array(2 * ranges + 1);
  let at = 1;
  for (const list of lists) {
    for (let word = 0; word < words; word++) {
      bounds[word]!.set(list.starts[word]!.subarray(0, list.count), at);
      bounds[word]!.set(list.ends[word]!.subarray(0, list.count), at + list.count);
    }
    for (let i = at + list.count; i < at + 2 * list.count; i++)
      if (!increment(bounds, i)) endless[i] = 1;
    at += 2 * list.count;
  }
  const { cellOf, starts, count } = rank(bounds);
  for (let i = 0; i < endless.length; i++) if (endless[i] === 1) cellOf[i] = count;
  const spans = new Map<RangeList, { first: Uint32Array; behind: Uint32Array }>();
  at = 1;
  for (const list of lists) {
    const first = cellOf.subarray(at, at + list.count);
    const behind = cellOf.subarray(at + list.count, at + 2 * list.count);
    spans.set(list, { first, behind });
    at += 2 * list.count;
  }
  return { count, starts, spans };
}

/** Adds one to the address in row i; false if that runs over (the row is then 0). */
function increment(columns: readonly Uint32Array[], i: number): boolean {
  for (let word = columns.length - 1; word >= 0; word--) {
    columns[word]![i]!++;
    if (columns[word]![i] !== 0) return true;
  }
  return false;
}

/** Numbers the distinct rows in ascending order. Row 0 is the address 0, so cell 0 begins there. */
function rank(bounds: readonly Uint32Array[]): {
  cellOf: Uint32Array;
  starts: Uint32Array[];
  count: number;
} {
  const rows = bounds[0]!.length;
  const order = radixOrder(bounds, countUp(rows));
  const cellOf = new Uint32Array(rows);
  const heads = new Uint32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const row = order[i]!;
    if (i === 0 || bounds.some((column) => column[row] !== column[order[i - 1]!]))
      heads[count++] = row;
    cellOf[row] = count - 1;
  }
  const starts = bounds.map((column) => {
    const picked = new Uint32Array(count);
    for (let i = 0; i < count; i++) picked[i] = column[heads[i]!]!;
    return picked;
  });
  return { cellOf, starts, count };
}
