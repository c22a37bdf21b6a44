// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** Writes a JSON object of texts, in bytes, into a buffer that it uses again. */
export class ExtraWriter {
  bytes = Buffer.alloc(4096);
  length = 0;

  begin(): void {
    this.length = 0;
  }

  /** Adds a member whose text needs no escapes, or none but those that it has. */
  addPlain(key: Uint8Array, text: Uint8Array, from: number, to: number): void {
    this.#reserve(key.length + to - from);
    this.#key(key);
    const { bytes } = this;
    let at = this.length;
    if (to - from > LONG) {
      bytes.set(text.subarray(from, to), at);
      at += to - from;
    } else for (let i = from; i < to; i++) bytes[at++] = text[i]!;
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** Adds a member whose text is JSON: a list or an object. */
  addJson(key: Uint8Array, json: Uint8Array, from: number, to: number): void {
    this.#reserve(key.length + 2 * (to - from));
    this.#key(key);
    const { bytes } = this;
    let at = this.length;
    let quoted = false;
    for (let i = from; i < to; i++) {
      const byte = json[i]!;
      // Blanks outside of texts are the writer's taste.
      if (byte <= 32 && !quoted) continue;
      if (byte === QUOTE) quoted = !quoted;
      if (byte === QUOTE || byte === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = byte;
      if (byte !== BACKSLASH) continue;
      // What a backslash escapes comes with it.
      if (json[++i] === QUOTE || json[i] === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = json[i]!;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** Adds a member whose text seldom needs escapes. */
  addCell(key: Uint8Array, text: Uint8Array, from: number, to: number): void {
    this.#reserve(key.length + to - from);
    const start = this.length;
    this.#key(key);
    const { bytes } = this;
    let at = this.length;
    for (let i = from; i < to; i++) {
      const byte = text[i]!;
      if (byte < 32 || byte === QUOTE || byte === BACKSLASH) {
        this.length = start;
        return this.addText(key, text, from, to);
      }
      bytes[at++] = byte;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** Adds a member with any text. */
  addText(key: Uint8Array, text: Uint8Array, from: number, to: number): void {
    const inner = JSON.stringify(Buffer.from(text.subarray(from, to)).toString("utf8"));
    const bytes = Buffer.from(inner.slice(1, -1));
    this.addPlain(key, bytes, 0, bytes.length);
  }

  /** Ends the object; false if it has no member, and is none. The comma before the first member becomes the brace. */
  end(): boolean {
    if (this.length === 0) return false;
    this.bytes[0] = OPEN;
    this.bytes[this.length++] = CLOSE;
    return true;
  }

  #key(key: Uint8Array): void {
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < key.length; i++) bytes[at++] = key[i]!;
    bytes[at++] = QUOTE;
    this.length = at;
  }

  #reserve(more: number): void {
    const needed = this.length + more + 8;
    if (needed <= this.bytes.length) return;
    const longer = Buffer.alloc(Math.max(2 * this.bytes.length, needed));
    longer.set(this.bytes.subarray(0, this.length));
    this.bytes = longer;
  }
}

/** From this length on, one call out of the engine is faster than a loop. */
const LONG = 64;
