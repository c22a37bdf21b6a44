/** Where a value stands in a document: bytes `[from, to)`, and the line on which it begins. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** From 0. */
  readonly line: number;
}

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/**
 * The values of a document that is a JSON array, or values one behind the other: so that one that is broken costs itself
 * only. A value whose end is missing goes on to the end of the document.
 */
export function* jsonSpans(bytes: Uint8Array): Generator<Span> {
  let line = 0;
  let lists = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte === LF) line++;
    if (byte <= 32 || byte === COMMA) at++;
    else if (byte === OPEN_LIST && lists === 0) {
      lists++;
      at++;
    } else if (byte === CLOSE_LIST && lists > 0) {
      lists--;
      at++;
    } else {
      const to = endOfValue(bytes, at, lists > 0);
      yield { from: at, to, line };
      for (; at < to; at++) if (bytes[at] === LF) line++;
    }
  }
}

/** Behind the value that begins at `from`; what is neither object nor array goes to the end of its line or list place. */
function endOfValue(bytes: Uint8Array, from: number, listed: boolean): number {
  const plain = bytes[from] !== OPEN && bytes[from] !== OPEN_LIST;
  let depth = 0;
  let quoted = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
      else if (byte === LF && plain) return at;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if (
      depth === 0 &&
      plain &&
      (byte === LF || (listed && (byte === COMMA || byte === CLOSE_LIST)))
    )
      return at;
    else if ((byte === CLOSE || byte === CLOSE_LIST) && --depth === 0) return at + 1;
  }
  return bytes.length;
}
