/** Writes the text as UTF-8 at the beginning of bytes that have room for it, and returns how many that are. */
export function writeText(bytes: Buffer, text: string): number {
  const { length } = text;
  // Most texts are short, and cost less than a call out of the engine.
  if (length > SHORT) return bytes.write(text, 0, "utf8");
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return bytes.write(text, 0, "utf8");
    bytes[at] = code;
  }
  return length;
}

const SHORT = 64;

/** Room for the bytes of one text at a time. */
export class Scratch {
  bytes = Buffer.alloc(4096);

  /** Makes room for so many bytes. */
  reserve(length: number): void {
    if (length > this.bytes.length) this.bytes = Buffer.alloc(2 * length);
  }

  /** Writes the text as UTF-8 at the beginning, and returns how many bytes that are. */
  write(text: string): number {
    this.reserve(3 * text.length);
    return writeText(this.bytes, text);
  }
}
