/**
 * Where the values of a JSON text lie, found without reading them: so that each element can be read by itself, and one that is
 * broken costs itself only. The text need not be whole, nor right: brackets that are missing are taken as closed.
 */

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** A value's place. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A member of an object. */
export interface Member {
  readonly name: string;
  readonly value: Span;
}

/** The values that stand at the top, one after another; a document has one, JSON lines have many. */
export function topValues(bytes: Uint8Array): Span[] {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return valuesFrom(bytes, mark, bytes.length);
}

/** The elements of the array in `span`; none if it is no array. */
export function elementsOf(bytes: Uint8Array, span: Span): Span[] {
  return bytes[span.from] === OPEN_LIST ? valuesFrom(bytes, span.from + 1, inner(bytes, span)) : [];
}

/** The members of the object in `span`; none if it is no object. */
export function membersOf(bytes: Uint8Array, span: Span): Member[] {
  if (bytes[span.from] !== OPEN_OBJECT) return [];
  const end = inner(bytes, span);
  const members: Member[] = [];
  for (let at = skipGap(bytes, span.from + 1, end); at < end; at = skipGap(bytes, at, end)) {
    const nameEnd = Math.max(at + 1, skipValue(bytes, at, end));
    const name = bytes[at] === QUOTE ? nameIn(bytes, at, nameEnd) : undefined;
    at = skipGap(bytes, nameEnd, end, COMMA);
    if (bytes[at] !== COLON || at >= end) continue;
    const from = skipGap(bytes, at + 1, end);
    const to = Math.max(from, skipValue(bytes, from, end));
    if (name !== undefined && to > from) members.push({ name, value: { from, to } });
    at = Math.max(to, at + 1);
  }
  return members;
}

/** The value of the member of this name, if the object has it. */
export function memberOf(bytes: Uint8Array, span: Span, name: string): Span | undefined {
  return membersOf(bytes, span).find((member) => member.name === name)?.value;
}

/** Whether the value is an array. */
export function isList(bytes: Uint8Array, span: Span): boolean {
  return bytes[span.from] === OPEN_LIST;
}

/** Whether the value is an object. */
export function isObject(bytes: Uint8Array, span: Span): boolean {
  return bytes[span.from] === OPEN_OBJECT;
}

/** The end of what the brackets of `span` hold: the closing one may be missing. */
function inner(bytes: Uint8Array, { from, to }: Span): number {
  const last = bytes[to - 1]!;
  return to - 1 > from && (last === CLOSE_LIST || last === CLOSE_OBJECT) ? to - 1 : to;
}

function nameIn(bytes: Uint8Array, from: number, to: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();
  try {
    return String(JSON.parse(text));
  } catch {
    // A name with an escape that is none: it is no name that anybody looks for.
    return text;
  }
}

function valuesFrom(bytes: Uint8Array, from: number, to: number): Span[] {
  const values: Span[] = [];
  for (let at = skipGap(bytes, from, to); at < to; at = skipGap(bytes, at, to)) {
    const end = Math.max(skipStray(bytes, at, to), skipValue(bytes, at, to));
    values.push({ from: at, to: end });
    at = end;
  }
  return values;
}

/** The offset behind brackets and colons that stand where a value should: a run of them is one mistake. */
function skipStray(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === CLOSE_LIST || bytes[at] === CLOSE_OBJECT || bytes[at] === COLON))
    at++;
  return Math.max(at, from + 1);
}

/** Skips blanks and commas, but not `kept`. */
function skipGap(bytes: Uint8Array, from: number, to: number, kept = 0): number {
  let at = from;
  while (at < to) {
    const byte = bytes[at]!;
    const gap = byte === SPACE || byte === LF || byte === CR || byte === TAB || byte === COMMA;
    if (!gap || byte === kept) break;
    at++;
  }
  return at;
}

/** The offset behind the value that begins at `at`. */
function skipValue(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at, to);
  if (first === OPEN_OBJECT || first === OPEN_LIST) return skipBrackets(bytes, at, to);
  let end = at;
  for (; end < to; end++) {
    const byte = bytes[end]!;
    if (byte <= SPACE || byte === COMMA || byte === COLON) break;
    if (byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === QUOTE) break;
  }
  return end;
}

/** A string ends at its quote, or before the end of the line, which cannot stand in it: then the quote is missing. */
function skipString(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) return at + 1;
    else if (byte === LF) return at;
  }
  return to;
}

/**
 * A bracket that closes another one than the last closes all in between as well; one that closes nothing is passed over.
 */
function skipBrackets(bytes: Uint8Array, from: number, to: number): number {
  let open = new Uint8Array(64);
  let depth = 0;
  let objects = 0;
  let at = from;
  while (at < to) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = skipString(bytes, at, to);
      continue;
    }
    at++;
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (depth === open.length) open = grown(open);
      // Two more in ASCII is the bracket that closes it.
      open[depth++] = byte + 2;
      if (byte === OPEN_OBJECT) objects++;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      const owed = byte === CLOSE_OBJECT ? objects : depth - objects;
      while (owed > 0 && depth > 0) {
        const closed = open[--depth];
        if (closed === CLOSE_OBJECT) objects--;
        if (closed === byte) break;
      }
      if (depth === 0) return at;
    }
  }
  return to;
}

function grown(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(2 * array.length);
  longer.set(array);
  return longer;
}
