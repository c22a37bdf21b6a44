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
    return this.bytes.write(text, 0, "utf8");
  }
}
