/** Words that mean that nothing is said, found in bytes. */
export class SilentWords {
  readonly #words: readonly Buffer[];
  readonly #longest: number;
  /** 1 for the bytes that such a word begins with. */
  readonly #firsts = new Uint8Array(256);

  constructor(words: Iterable<string>) {
    this.#words = [...words].filter((word) => word !== "").map((word) => Buffer.from(word));
    this.#longest = Math.max(...this.#words.map(({ length }) => length));
    for (const word of this.#words) this.#firsts[word[0]!] = 1;
  }

  /** Whether `[from, to)` is empty or one of the words. */
  has(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (length === 0) return true;
    if (length > this.#longest || this.#firsts[bytes[from]!] === 0) return false;
    return this.#words.some((word) => word.length === length && stands(word, bytes, from));
  }
}

function stands(word: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[at + i]) return false;
  return true;
}
