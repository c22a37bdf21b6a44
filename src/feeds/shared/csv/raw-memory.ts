import { AREA_ENTRIES, kernel } from "./kernel/kernel.ts";

/** How many entries a memory has room for. */
export const RAW_ENTRIES = AREA_ENTRIES;

/**
 * Remembers combinations of raw cells of the kernel's current rows: the bytes of some runs of neighbouring columns, the delimiters
 * between them too, by 128 bits of hash. Entries are numbered from 0.
 */
export class RawMemory {
  readonly #area: number;
  readonly #runs: Int32Array;
  #count = 0;

  /** `area`: which of the kernel's areas it uses, by turns with other memories. `runs`: for each run its first and its last column. */
  constructor(area: number, runs: Int32Array) {
    this.#area = area;
    this.#runs = runs;
  }

  /** Takes the area; false if another memory has had it since, so that all is forgotten. */
  begin(): boolean {
    const kept = kernel.claim(this.#area, this, this.#runs);
    if (!kept) this.#count = 0;
    return kept;
  }

  /** Forgets everything. */
  clear(): void {
    kernel.empty(this.#area);
    this.#count = 0;
  }

  /** The entry of the row, or -1. */
  find(): number {
    return kernel.find(this.#area);
  }

  /** Whether there is no room for another row. */
  get full(): boolean {
    return this.#count === RAW_ENTRIES;
  }

  /** Adds the row that was not found last, for which there must be room; its entry. */
  add(): number {
    kernel.add(this.#area, this.#count);
    return this.#count++;
  }
}
