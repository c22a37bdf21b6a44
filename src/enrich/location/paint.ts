import type { Cells } from "./cells.ts";
import { countUp, radixOrder } from "./radix-order.ts";
import type { RangeList } from "./ranges.ts";

/**
 * Gives each cell the value of the narrowest range that covers it; of ranges equally wide, the later line of the file
 * wins. `lists` go in order: a list speaks only where those before it are silent. 0 where all are.
 */
export function paint(cells: Cells, lists: readonly RangeList[]): Uint32Array {
  const values = new Uint32Array(cells.count);
  const nextFree = countUp(cells.count + 1);
  for (const list of lists) {
    const span = cells.spans.get(list)!;
    const order = narrowestFirst(list);
    for (let i = 0; i < order.length; i++) {
      const range = order[i]!;
      const value = list.values[range]!;
      const behind = span.behind[range]!;
      let cell = findFree(nextFree, span.first[range]!);
      while (cell < behind) {
        values[cell] = value;
        nextFree[cell] = cell + 1;
        cell = findFree(nextFree, cell + 1);
      }
    }
  }
  return values;
}

/** The first cell from `cell` on that has no value yet; shortens the way there for the next time. */
function findFree(nextFree: Uint32Array, cell: number): number {
  let at = cell;
  while (nextFree[at] !== at) {
    const beyond = nextFree[nextFree[at]!]!;
    nextFree[at] = beyond;
    at = beyond;
  }
  return at;
}

/** Positions of the ranges by width; the last line first among equals. */
function narrowestFirst(list: RangeList): Uint32Array {
  const widths = Array.from({ length: list.words }, () => new Uint32Array(list.count));
  for (let i = 0; i < list.count; i++) {
    let borrow = 0;
    for (let word = list.words - 1; word >= 0; word--) {
      const difference = list.ends[word]![i]! - list.starts[word]![i]! - borrow;
      widths[word]![i] = difference;
      borrow = difference < 0 ? 1 : 0;
    }
  }
  const lastFirst = countUp(list.count).reverse();
  return radixOrder(widths, lastFirst);
}
