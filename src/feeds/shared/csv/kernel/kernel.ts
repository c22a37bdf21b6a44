import { wasmBytes } from "./wasm-bytes.ts";

// The part of the standard interface that is used here: neither the library es2023 nor Node's types have it.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** What kernel.wat exports; all numbers are 32-bit integers. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  scanRow(block: number, from: number, delimiter: number, cells: number, edges: number): number;
  find(block: number, edges: number, area: number): number;
  add(area: number, entry: number): void;
}

/** The most columns that a file may have. */
export const MOST_COLUMNS = 4096;

const PAGE = 65_536;
const EDGES = 64;
const FIRST_AREA = 32_768;
const AREA_SIZE = 17 * PAGE;
const AREAS = 2;
const BLOCK = FIRST_AREA + AREAS * AREA_SIZE;
/** The kernel reads up to 16 bytes at a time, and may begin on the block's last byte. */
const MARGIN = 32;
// Of their own: the engine does not fold constants of other modules.
const LF = 10;
const CR = 13;

/** In an area, as kernel.wat has it. */
const RUNS_LENGTH = 0;
const RUNS = 64;
const SLOTS = 16_448;
const SLOTS_SIZE = 1 << 20;

/** How many entries an area has room for: then half of its slots are taken. */
export const AREA_ENTRIES = 16_384;

/**
 * One thread's memory and the loops over it in WebAssembly: the block that is being read, the edges of the cells of its current
 * row, and two areas in which combinations of raw cells are remembered. Reading is synchronous, so one of them serves all readers
 * of the thread, one block after the other.
 */
class Kernel {
  readonly #wasm: Exports;
  readonly #owners: (object | undefined)[] = [undefined, undefined];
  #edges!: Int32Array;
  #view!: DataView;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(wasmBytes, "base64"));
    this.#wasm = new WebAssembly.Instance(module).exports as Exports;
    this.#reserve(BLOCK);
  }

  /** Takes a block, and gives it back as it lies in the kernel's memory: with a line end behind its last line. */
  load(given: Uint8Array): Buffer {
    this.#reserve(BLOCK + given.length + MARGIN);
    const bytes = Buffer.from(this.#wasm.memory.buffer, BLOCK, given.length + MARGIN);
    bytes.set(given);
    bytes.fill(0, given.length);
    const last = given.at(-1);
    const ended = last === LF || last === CR;
    if (!ended) bytes[given.length] = LF;
    return bytes.subarray(0, given.length + (ended ? 0 : 1));
  }

  /** The edges of the row scanned last (see `RowScanner`), of at most {@link MOST_COLUMNS} cells. Made anew by `load`. */
  get edges(): Int32Array {
    return this.#edges;
  }

  /** Finds the edges of a plain row of just so many cells, and returns where the next row begins; -1 if the row is not plain. */
  scanRow(from: number, delimiter: number, cells: number): number {
    return this.#wasm.scanRow(BLOCK, from, delimiter, cells, EDGES);
  }

  /** Whether the area is still the owner's. If not, it is emptied, and from now on remembers these runs for the owner. */
  claim(area: number, owner: object, runs: Int32Array): boolean {
    if (this.#owners[area] === owner) return true;
    this.#owners[area] = owner;
    const at = areaAt(area);
    this.#view.setInt32(at + RUNS_LENGTH, 4 * runs.length, true);
    runs.forEach((column, i) => this.#view.setInt32(at + RUNS + 4 * i, column, true));
    this.empty(area);
    return false;
  }

  /** Forgets what the area remembers. */
  empty(area: number): void {
    new Uint8Array(this.#wasm.memory.buffer, areaAt(area) + SLOTS, SLOTS_SIZE).fill(0);
  }

  /** The entry of an area that has the bytes of the current row, by two hashes of 64 bits; -1 if there is none. */
  find(area: number): number {
    return this.#wasm.find(BLOCK, EDGES, areaAt(area));
  }

  /** Adds the row that was not found last, as entry number `entry`. */
  add(area: number, entry: number): void {
    this.#wasm.add(areaAt(area), entry);
  }

  #reserve(size: number): void {
    const { memory } = this.#wasm;
    const missing = Math.ceil((size - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    if (missing <= 0 && this.#edges !== undefined) return;
    this.#edges = new Int32Array(memory.buffer, EDGES, MOST_COLUMNS + 1);
    this.#view = new DataView(memory.buffer);
  }
}

function areaAt(area: number): number {
  return FIRST_AREA + area * AREA_SIZE;
}

/** The thread's kernel. */
export const kernel = new Kernel();
