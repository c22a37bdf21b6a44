import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { JsonWriter } from "./json-writer.ts";
import { RAW_ENTRIES, RAW_MARGIN, RawMemory } from "./raw-memory.ts";

/** After so many rows that were new it shows whether rows repeat. */
const TRIAL_ROWS = 1024;

/**
 * Turns the columns that no field takes into the `extra` of an observation: a JSON object of their cells that are not
 * empty. In most feeds the same cells come again and again; so, in each block, their text codes are remembered by the
 * raw bytes, until it shows that they seldom repeat.
 */
export class ExtraReader {
  readonly #columns: readonly number[];
  readonly #json: JsonWriter;
  readonly #memory: RawMemory;
  readonly #codes = new Uint32Array(2 * RAW_ENTRIES);
  #into!: ObservationBuilder;
  #remembering = false;
  /** Rows of the block that were found in the memory, and that were not. */
  #hits = 0;
  #misses = 0;

  /** `names` are the names of all columns, `columns` the positions of those that go into the object, rising. */
  constructor(names: readonly string[], columns: readonly number[]) {
    this.#columns = columns;
    this.#json = new JsonWriter(names);
    this.#memory = new RawMemory(findRuns(columns));
  }

  /** Begins a block, whose texts go into a builder of its own. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
    this.#memory.clear();
    this.#remembering = this.#columns.length > 0;
    this.#hits = this.#misses = 0;
  }

  /** Sets `ref` to the extra of the row with these edges. `view` shows the bytes of `block`. */
  read(block: Uint8Array, view: DataView, edges: Int32Array, clean: boolean, ref: TextRef): void {
    if (!this.#remembering || edges[edges.length - 1]! + RAW_MARGIN > block.length)
      return this.write(block, edges, clean, this.#columns, ref);
    const found = this.#memory.find(view, edges);
    if (found >= 0) {
      this.#hits++;
      ref.lo = this.#codes[2 * found]!;
      ref.hi = this.#codes[2 * found + 1]!;
      return;
    }
    this.write(block, edges, clean, this.#columns, ref);
    const entry = this.#memory.add(block, edges);
    this.#codes[2 * entry] = ref.lo;
    this.#codes[2 * entry + 1] = ref.hi;
    if (++this.#misses === TRIAL_ROWS) this.#remembering = this.#hits > TRIAL_ROWS / 4;
    if (entry === RAW_ENTRIES - 1) this.#remembering = false;
  }

  /** Sets `ref` to the JSON object of just these columns, rising. */
  write(
    block: Uint8Array,
    edges: Int32Array,
    clean: boolean,
    columns: readonly number[],
    ref: TextRef,
  ): void {
    const json = this.#json;
    json.begin();
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      json.add(column, block, edges[column]! + 1, edges[column + 1]!, clean);
    }
    if (json.end()) this.#into.text(json.bytes, 0, json.length, ref);
  }
}

/** First and last of each run of neighbours. */
function findRuns(columns: readonly number[]): Int32Array {
  const runs: number[] = [];
  for (const column of columns) {
    if (runs.length > 0 && runs.at(-1) === column - 1) runs[runs.length - 1] = column;
    else runs.push(column, column);
  }
  return Int32Array.from(runs);
}
