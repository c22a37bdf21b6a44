import { markCodes } from "../../core/observation/index.ts";
import { type Cells, cutCells } from "./cells.ts";
import { paint } from "./paint.ts";
import { Places } from "./places.ts";
import type { RangeList, RangeSet, WordCount } from "./ranges.ts";
import { layTable, type PackedTable } from "./table.ts";

/** Value of a range in `Layers.reserved`: whether its addresses can be met on the Internet. */
export const reach = { reserved: 1, reachable: 2 } as const;

/**
 * What is said about addresses, by subject. Within one set the narrowest range wins, and of equal ones the later line.
 * Of several sets for one subject, the earlier wins wherever it says anything.
 */
export interface Layers {
  /** Values are packed countries; 0 says "in no country". */
  readonly countries: readonly RangeSet[];
  /** Values are AS numbers. */
  readonly asns: readonly RangeSet[];
  /** Values are {@link reach}. */
  readonly reserved: RangeSet;
  /** Reserved space that is in use after all. Values are 1. */
  readonly allowReserved: RangeSet;
  /** Values are mark codes. `reserved` beats them all. */
  readonly marks: readonly RangeSet[];
}

/**
 * Merges all layers into one disjoint, sorted partition of both address spaces. Neighbours at the same place are one
 * range.
 */
export function packLocation(layers: Layers): PackedTable {
  const places = new Places();
  const four = partition(1, layers, places);
  const six = partition(4, layers, places);
  return layTable({
    fourStarts: four.starts[0]!,
    fourPlaces: four.places,
    fourIndex: indexTop16(four.starts),
    sixStarts0: six.starts[0]!,
    sixStarts1: six.starts[1]!,
    sixStarts2: six.starts[2]!,
    sixStarts3: six.starts[3]!,
    sixPlaces: six.places,
    sixIndex: indexTop16(six.starts),
    ...places.columns(),
  });
}

interface Partition {
  readonly starts: readonly Uint32Array[];
  readonly places: Uint32Array;
}

function partition(words: WordCount, layers: Layers, places: Places): Partition {
  const ofVersion = (sets: readonly RangeSet[]): RangeList[] =>
    sets.map((set) => (words === 1 ? set.v4 : set.v6));
  const countryLists = ofVersion(layers.countries);
  const asnLists = ofVersion(layers.asns);
  const reservedLists = ofVersion([layers.reserved]);
  const allowLists = ofVersion([layers.allowReserved]);
  const markLists = ofVersion(layers.marks);
  const cells = cutCells(words, [
    ...countryLists,
    ...asnLists,
    ...reservedLists,
    ...allowLists,
    ...markLists,
  ]);
  const country = paint(cells, countryLists);
  const asn = paint(cells, asnLists);
  const reserved = paint(cells, reservedLists);
  const allowed = paint(cells, allowLists);
  const mark = paint(cells, markLists);
  return mergeNeighbours(cells, (cell) => {
    const aside = reserved[cell] === reach.reserved && allowed[cell] === 0;
    return places.number(country[cell]!, asn[cell]!, aside ? markCodes.reserved : mark[cell]!);
  });
}

function mergeNeighbours(cells: Cells, placeOf: (cell: number) => number): Partition {
  const kept = new Uint32Array(cells.count);
  const keptPlaces = new Uint32Array(cells.count);
  let count = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    const place = placeOf(cell);
    if (count > 0 && keptPlaces[count - 1] === place) continue;
    kept[count] = cell;
    keptPlaces[count++] = place;
  }
  const starts = cells.starts.map((column) => {
    const picked = new Uint32Array(count);
    for (let i = 0; i < count; i++) picked[i] = column[kept[i]!]!;
    return picked;
  });
  return { starts, places: keptPlaces.slice(0, count) };
}

/**
 * For each of the 65,537 multiples h of 2^16 (of the first word): the last range that begins at the first address with
 * those top bits, or before. An address with top bits h is thus in a range from index[h] to index[h + 1].
 */
function indexTop16(starts: readonly Uint32Array[]): Uint32Array {
  const first = starts[0]!;
  const rest = starts.slice(1);
  const index = new Uint32Array(65537);
  let range = 0;
  for (let top = 0; top <= 65536; top++) {
    const bound = top * 65536;
    while (range + 1 < first.length && beginsBy(range + 1, bound)) range++;
    index[top] = range;
  }
  return index;

  function beginsBy(at: number, bound: number): boolean {
    if (first[at] !== bound) return first[at]! < bound;
    return rest.every((column) => column[at] === 0);
  }
}
