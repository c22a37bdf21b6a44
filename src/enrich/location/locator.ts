import type { Locator } from "../../core/network/index.ts";
import { type PackedTable, viewTable } from "./table.ts";

/** Opens a table for look-ups. Cheap: each thread opens the same table for itself. */
export function openLocator(table: PackedTable): Locator {
  const view = viewTable(table);
  const { fourStarts, fourPlaces, fourIndex } = view;
  const { sixStarts0, sixStarts1, sixStarts2, sixStarts3, sixPlaces, sixIndex } = view;

  function place4(address: number): number {
    const top = address >>> 16;
    let low = fourIndex[top]!;
    let high = fourIndex[top + 1]!;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (fourStarts[middle]! <= address) low = middle;
      else high = middle - 1;
    }
    return fourPlaces[low]!;
  }

  function place6(w0: number, w1: number, w2: number, w3: number): number {
    const top = w0 >>> 16;
    let low = sixIndex[top]!;
    let high = sixIndex[top + 1]!;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (beginsBy(middle, w0, w1, w2, w3)) low = middle;
      else high = middle - 1;
    }
    return sixPlaces[low]!;
  }

  function beginsBy(at: number, w0: number, w1: number, w2: number, w3: number): boolean {
    const s0 = sixStarts0[at]!;
    if (s0 !== w0) return s0 < w0;
    const s1 = sixStarts1[at]!;
    if (s1 !== w1) return s1 < w1;
    const s2 = sixStarts2[at]!;
    return s2 === w2 ? sixStarts3[at]! <= w3 : s2 < w2;
  }

  return { place4, place6, countries: view.countries, asns: view.asns, marks: view.marks };
}
