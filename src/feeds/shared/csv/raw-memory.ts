/** How many entries a memory has room for. */
export const RAW_ENTRIES = 8192;
/** How many bytes must stand behind a row that is looked for: whole words are read. */
export const RAW_MARGIN = 4;
const GLANCES = 4096;
/**
 * Remembers combinations of raw cells: the bytes of some runs of neighbouring columns, the delimiters between them too.
 * What it finds is the same byte for byte. Entries are numbered from 0.
 */
export class RawMemory {
  readonly #runs: Int32Array;
  /** Entries by their hash, in open addressing. */
  readonly #slots = new Int32Array(4 * RAW_ENTRIES).fill(-1);
  /** The entry found last for each value of a glance. */
  readonly #likely = new Int32Array(GLANCES).fill(-1);
  readonly #hashes = new Int32Array(RAW_ENTRIES);
  /** Per entry where its bytes begin, and per run how many there are; each run begins at a multiple of four. */
  readonly #starts = new Int32Array(RAW_ENTRIES);
  readonly #lengths: Int32Array;
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #count = 0;
  #hash = 0;
  #slot = 0;
  #glance = 0;

  /** `runs`: for each run its first and its last column. */
  constructor(runs: Int32Array) {
    this.#runs = runs;
    this.#lengths = new Int32Array(RAW_ENTRIES * runs.length);
  }

  /** Whether there is no room for another entry. */
  get full(): boolean {
    return this.#count === RAW_ENTRIES;
  }

  /** Forgets everything. */
  clear(): void {
    this.#slots.fill(-1);
    this.#likely.fill(-1);
    this.#used = this.#count = 0;
  }

  /** The entry of the row with these edges, or -1. */
  find(view: DataView, edges: Int32Array): number {
    const glance = this.#glanceAt(view, edges);
    const likely = this.#likely[glance]!;
    if (likely >= 0 && this.#same(likely, view, edges)) return likely;
    const hash = this.#hashOf(view, edges);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let entry; (entry = this.#slots[slot]!) >= 0; slot = (slot + 1) & mask)
      if (this.#hashes[entry] === hash && this.#same(entry, view, edges)) {
        this.#likely[glance] = entry;
        return entry;
      }
    this.#hash = hash;
    this.#slot = slot;
    this.#glance = glance;
    return -1;
  }

  /** A hash of a few bytes of each run: enough to guess the entry, and made in a third of the time. */
  #glanceAt(view: DataView, edges: Int32Array): number {
    const runs = this.#runs;
    let hash = 0;
    for (let run = 0; run < runs.length; run += 2) {
      const at = edges[runs[run]!]! + 1;
      const length = edges[runs[run + 1]! + 1]! - at;
      hash = Math.imul(hash ^ view.getInt32(at, true) ^ length, 0x85ebca6b);
      if (length >= 8)
        hash ^=
          Math.imul(view.getInt32(at + 4, true), 0xc2b2ae35) ^ view.getInt32(at + length - 4, true);
      hash = (hash << 13) | (hash >>> 19);
    }
    return (hash ^ (hash >>> 15)) & (GLANCES - 1);
  }

  #hashOf(view: DataView, edges: Int32Array): number {
    const runs = this.#runs;
    let a = 0x2545f491;
    let b = 0x6c8e9cf5;
    for (let run = 0; run < runs.length; run += 2) {
      let at = edges[runs[run]!]! + 1;
      const to = edges[runs[run + 1]! + 1]!;
      a ^= to - at;
      for (; at + 8 <= to; at += 8) {
        a = Math.imul(a ^ view.getInt32(at, true), 0x85ebca6b);
        b = Math.imul(b ^ view.getInt32(at + 4, true), 0xc2b2ae35);
        a = (a << 15) | (a >>> 17);
        b = (b << 13) | (b >>> 19);
      }
      if (at + 4 <= to) {
        b = Math.imul(b ^ view.getInt32(at, true), 0x9e3779b1);
        b = (b << 13) | (b >>> 19);
        at += 4;
      }
      a = Math.imul(a ^ (view.getInt32(at, true) & firstBytes(to - at)), 0x27d4eb2f);
      a = (a << 15) | (a >>> 17);
    }
    a ^= Math.imul(b ^ (b >>> 15), 0x85ebca6b);
    return a ^ (a >>> 13);
  }

  #same(entry: number, view: DataView, edges: Int32Array): boolean {
    const runs = this.#runs;
    const own = this.#view;
    let mine = this.#starts[entry]!;
    let differ = 0;
    for (let run = 0; run < runs.length; run += 2) {
      let at = edges[runs[run]!]! + 1;
      const to = edges[runs[run + 1]! + 1]!;
      if (this.#lengths[entry * runs.length + run] !== to - at) return false;
      for (; at + 8 <= to; at += 8, mine += 8)
        differ |=
          (view.getInt32(at, true) ^ own.getInt32(mine, true)) |
          (view.getInt32(at + 4, true) ^ own.getInt32(mine + 4, true));
      if (at + 4 <= to) {
        differ |= view.getInt32(at, true) ^ own.getInt32(mine, true);
        at += 4;
        mine += 4;
      }
      differ |= (view.getInt32(at, true) ^ own.getInt32(mine, true)) & firstBytes(to - at);
      mine += 4;
    }
    return differ === 0;
  }

  /** Adds the row that was not found last, for which there must be room; its entry. */
  add(block: Uint8Array, edges: Int32Array): number {
    const runs = this.#runs;
    const room = edges.at(-1)! - edges[0]! + 8 * runs.length;
    if (this.#used + room > this.#bytes.length) this.#grow(this.#used + room);
    const entry = this.#count++;
    this.#slots[this.#slot] = entry;
    this.#likely[this.#glance] = entry;
    this.#hashes[entry] = this.#hash;
    this.#starts[entry] = this.#used;
    for (let run = 0; run < runs.length; run += 2) {
      const from = edges[runs[run]!]! + 1;
      const to = edges[runs[run + 1]! + 1]!;
      this.#bytes.set(block.subarray(from, to), this.#used);
      this.#lengths[entry * runs.length + run] = to - from;
      this.#used += ((to - from) & ~3) + 4;
    }
    return entry;
  }

  #grow(size: number): void {
    const longer = new Uint8Array(Math.max(size, this.#bytes.length * 2));
    longer.set(this.#bytes);
    this.#bytes = longer;
    this.#view = new DataView(longer.buffer);
  }
}

/** Keeps the first `count` bytes, at most three, of a little-endian word. */
function firstBytes(count: number): number {
  return ~(-1 << (count << 3));
}
