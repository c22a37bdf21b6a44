import { enlarge, type ObservationBuilder, type TextRef } from "../../../core/observation/index.ts";
import { JsonWriter } from "./json-writer.ts";
import { RAW_ENTRIES, RawMemory } from "./raw-memory.ts";

/** After so many rows of a block that were new it shows whether rows repeat. */
const TRIAL_ROWS = 1024;

/**
 * Turns the columns that no field takes into the `extra` of an observation: a JSON object of their cells that are not
 * empty. In most feeds the same cells come again and again; so their texts are remembered by the raw bytes, from block to
 * block, unless it shows that in a block they seldom repeat.
 */
export class ExtraReader {
  readonly #columns: readonly number[];
  readonly #json: JsonWriter;
  readonly #memory: RawMemory;
  readonly #texts = new RememberedTexts(RAW_ENTRIES);
  #into!: ObservationBuilder;
  #remembering = false;
  /** Counts the blocks: the first row of a block that has a text gives it to the block's builder. */
  #block = 0;
  /** Rows of the block that were found in the memory, and that were not. */
  #hits = 0;
  #misses = 0;

  /**
   * `names` are the names of all columns, `columns` the positions of those that go into the object, rising. Readers of one row
   * have areas of the kernel of their own.
   */
  constructor(names: readonly string[], columns: readonly number[], area: number) {
    this.#columns = columns;
    this.#json = new JsonWriter(names);
    this.#memory = new RawMemory(area, findRuns(columns));
  }

  /** Begins a block, whose texts go into a builder of its own. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
    this.#block++;
    this.#memory.begin();
    this.#remembering = this.#columns.length > 0;
    this.#hits = this.#misses = 0;
  }

  /** Sets `ref` to the extra of the kernel's current row, which has these edges. */
  read(block: Uint8Array, edges: Int32Array, clean: boolean, ref: TextRef): void {
    if (!this.#remembering) return this.write(block, edges, clean, this.#columns, ref);
    const found = this.#memory.find();
    if (found >= 0) {
      this.#hits++;
      this.#texts.recall(found, this.#block, this.#into, ref);
      return;
    }
    this.write(block, edges, clean, this.#columns, ref);
    this.#remember(ref);
    if (++this.#misses === TRIAL_ROWS) this.#remembering = this.#hits > TRIAL_ROWS / 4;
  }

  #remember(ref: TextRef): void {
    if (this.#memory.full) return this.#memory.clear();
    const entry = this.#memory.add();
    this.#texts.keep(entry, this.#block, ref, this.#json.bytes, this.#json.length);
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

/** Words of an entry: the two of the code, the block that was given the text last, and where the text's bytes end. */
const WORDS = 4;
const BLOCK = 2;
const END = 3;

/** Texts by the number of their entry. */
class RememberedTexts {
  readonly #entries: Uint32Array;
  #bytes = new Uint8Array(1 << 16);

  constructor(entries: number) {
    this.#entries = new Uint32Array(WORDS * entries);
  }

  /** Keeps the text of the next entry: its code is `ref`, its bytes `[0, length)`, or none if the code is 0. */
  keep(entry: number, block: number, { lo, hi }: TextRef, bytes: Uint8Array, length: number): void {
    const from = this.#start(entry);
    const to = from + (hi === 0 ? 0 : length);
    if (to > this.#bytes.length) this.#bytes = enlarge(this.#bytes, to * 2);
    this.#bytes.set(bytes.subarray(0, to - from), from);
    this.#entries.set([lo, hi, block, to], WORDS * entry);
  }

  /** Sets `ref` to the code of an entry's text, and sees to it that the block has the text. */
  recall(entry: number, block: number, into: ObservationBuilder, ref: TextRef): void {
    const entries = this.#entries;
    const at = WORDS * entry;
    ref.lo = entries[at]!;
    ref.hi = entries[at + 1]!;
    if (entries[at + BLOCK] === block) return;
    entries[at + BLOCK] = block;
    into.knownText(this.#bytes, this.#start(entry), entries[at + END]!, ref);
  }

  #start(entry: number): number {
    return entry === 0 ? 0 : this.#entries[WORDS * (entry - 1) + END]!;
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
