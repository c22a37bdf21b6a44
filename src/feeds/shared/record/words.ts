/** A few bytes that are compared or written four at a time. */
export class Words {
  readonly length: number;
  readonly #words: Int32Array;
  /** The last of the bytes, up to three. */
  readonly #rest: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    const whole = bytes.length & ~3;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#words = Int32Array.from({ length: whole / 4 }, (_, i) => view.getInt32(4 * i, true));
    this.#rest = bytes.slice(whole);
  }

  /** Whether they stand at `from` of the bytes that the view is of. */
  areAt(bytes: Uint8Array, view: DataView, from: number): boolean {
    const words = this.#words;
    const rest = this.#rest;
    if (from + this.length > bytes.length) return false;
    let at = from;
    for (let i = 0; i < words.length; i++, at += 4)
      if (view.getInt32(at, true) !== words[i]) return false;
    for (let i = 0; i < rest.length; i++, at++) if (bytes[at] !== rest[i]) return false;
    return true;
  }

  /** Writes them at `from` of the bytes that the view is of, which have room. */
  writeAt(bytes: Uint8Array, view: DataView, from: number): void {
    const words = this.#words;
    const rest = this.#rest;
    let at = from;
    for (let i = 0; i < words.length; i++, at += 4) view.setInt32(at, words[i]!, true);
    for (let i = 0; i < rest.length; i++) bytes[at++] = rest[i]!;
  }
}
