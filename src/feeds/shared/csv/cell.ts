// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;

/** Writes `[from, to)`, the inside of a quoted cell, into `into` with doubled quotes made single; returns the length. */
export function singleQuotes(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Uint8Array,
): number {
  let length = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    into[length++] = byte;
    if (byte === QUOTE && bytes[at + 1] === QUOTE) at++;
  }
  return length;
}

/** The text of a whole cell, quotes and all; bytes that are no UTF-8 become U+FFFD. Off the hot path. */
export function unquote(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
  const quoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  return quoted ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Whether the byte is a space or a tab. */
export function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}
