import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { JsonWriter } from "./json-writer.ts";
import { RAW_ENTRIES, RawMemory } from "./raw-memory.ts";

/**
 * Turns the columns that no field takes into the `extra` of an observation: a JSON object of their cells that are not
 * empty. As the same cells come again and again in most feeds, the text codes of raw cells are remembered.
 */
export class ExtraReader {
  readonly #columns: readonly number[];
  readonly #json: JsonWriter;
  readonly #memory: RawMemory;
  readonly #codes = new Uint32Array(2 * RAW_ENTRIES);
  /** Per entry the number of the block for which its code was made: each block has a text table of its own. */
  readonly #blocks = new Int32Array(RAW_ENTRIES);
  #into!: ObservationBuilder;
  #block = 0;
  #remembering: boolean;
  #looks = 0;
  #hits = 0;

  /** `names` are the names of all columns, `columns` the positions of those that go into the object, rising. */
  constructor(names: readonly string[], columns: readonly number[]) {
    this.#columns = columns;
    this.#json = new JsonWriter(names);
    this.#memory = new RawMemory(findRuns(columns));
    this.#remembering = columns.length > 0;
  }

  /** Begins a block. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
    this.#block++;
  }

  /** Sets `ref` to the extra of the row with these edges. `view` shows the bytes of `block`, and four more. */
  read(block: Uint8Array, view: DataView, edges: Int32Array, clean: boolean, ref: TextRef): void {
    if (!this.#remembering || edges[edges.length - 1]! + 4 > block.length)
      return this.write(block, edges, clean, this.#columns, ref);
    let entry = this.#memory.find(view, edges);
    this.#looks++;
    if (entry >= 0 && this.#blocks[entry] === this.#block) {
      this.#hits++;
      ref.lo = this.#codes[2 * entry]!;
      ref.hi = this.#codes[2 * entry + 1]!;
      return;
    }
    this.write(block, edges, clean, this.#columns, ref);
    if (entry < 0) entry = this.#memory.add(block, edges);
    if (entry < 0) return this.#renew();
    this.#blocks[entry] = this.#block;
    this.#codes[2 * entry] = ref.lo;
    this.#codes[2 * entry + 1] = ref.hi;
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

  /** Empties a full memory; one that seldom helped is given up. */
  #renew(): void {
    this.#remembering = this.#hits * 4 > this.#looks;
    this.#hits = this.#looks = 0;
    this.#memory.clear();
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
