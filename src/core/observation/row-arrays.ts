import type { ObservationColumns } from "./columns.ts";

/** The fields of the columns that have one entry (or two words) a row, with how their arrays are made; widest first. */
const layout = {
  line: { make: Float64Array, perRow: 1 },
  seenAt: { make: Uint32Array, perRow: 2 },
  seenUntil: { make: Uint32Array, perRow: 2 },
  victim: { make: Uint32Array, perRow: 2 },
  victimLow: { make: Uint32Array, perRow: 2 },
  origin: { make: Uint32Array, perRow: 2 },
  originLow: { make: Uint32Array, perRow: 2 },
  victimHost: { make: Uint32Array, perRow: 2 },
  originHost: { make: Uint32Array, perRow: 2 },
  url: { make: Uint32Array, perRow: 2 },
  eventId: { make: Uint32Array, perRow: 2 },
  identity: { make: Uint32Array, perRow: 2 },
  extra: { make: Uint32Array, perRow: 2 },
  victimExtra: { make: Uint32Array, perRow: 2 },
  victimAsn: { make: Uint32Array, perRow: 1 },
  count: { make: Uint32Array, perRow: 1 },
  facet: { make: Uint32Array, perRow: 1 },
  day: { make: Uint16Array, perRow: 1 },
  victimPort: { make: Uint16Array, perRow: 1 },
  originPort: { make: Uint16Array, perRow: 1 },
} as const;

type RowArray = keyof typeof layout;

/** The arrays of the columns that have one entry (or two words) a row. */
export type RowArrays = Pick<ObservationColumns, RowArray>;

/** The names of {@link RowArrays}. */
export const rowArrays = Object.keys(layout) as readonly RowArray[];

const BYTES_A_ROW = rowArrays.reduce(
  (sum, name) => sum + layout[name].make.BYTES_PER_ELEMENT * layout[name].perRow,
  0,
);

/** How many rows a buffer has room for. */
export function rowsOf(slab: ArrayBuffer): number {
  return Math.floor(slab.byteLength / BYTES_A_ROW);
}

/**
 * Lays all row arrays into one buffer, so that they are handed from thread to thread, and made, at once. A buffer that was used
 * before is used again if it is large enough; every entry of a row is written anew.
 */
export function layColumns(rows: number, slab?: ArrayBuffer): RowArrays {
  const buffer = slab && rowsOf(slab) >= rows ? slab : new ArrayBuffer(rows * BYTES_A_ROW);
  const capacity = rowsOf(buffer);
  const arrays: Partial<Record<RowArray, unknown>> = {};
  let at = 0;
  for (const name of rowArrays) {
    const { make, perRow } = layout[name];
    arrays[name] = new make(buffer, at, capacity * perRow);
    at += capacity * perRow * make.BYTES_PER_ELEMENT;
  }
  return arrays as RowArrays;
}

/** Leaves only these rows in the columns, whose positions are ascending; no refusal and no skipped element stays. */
export function keepRows(columns: ObservationColumns, positions: readonly number[]): void {
  positions.forEach((from, to) => {
    for (const name of rowArrays) {
      const { perRow } = layout[name];
      columns[name].copyWithin(to * perRow, from * perRow, (from + 1) * perRow);
    }
  });
  columns.rows = positions.length;
  columns.refusals.count = columns.skips.count = 0;
}
