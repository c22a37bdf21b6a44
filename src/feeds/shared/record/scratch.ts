/** Room for the bytes of one text at a time. */
export class Scratch {
  bytes = Buffer.alloc(4096);

  /** Writes the text as UTF-8 at the beginning, and returns how many bytes that are. */
  write(text: string): number {
    const { length } = text;
    if (3 * length > this.bytes.length) this.bytes = Buffer.alloc(6 * length);
    const { bytes } = this;
    if (length > SHORT) return bytes.write(text, 0, "utf8");
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) return bytes.write(text, 0, "utf8");
      bytes[at] = code;
    }
    return length;
  }
}

/** Up to this length a loop is faster than a call out of the engine. */
const SHORT = 40;
