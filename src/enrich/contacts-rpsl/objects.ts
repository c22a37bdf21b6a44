/** An object of a registry's database: its attributes in order, names in lower case. */
export interface RpslObject {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** What one object may be at most; a longer one is cut, and the next object is read as usual. */
const MOST_ATTRIBUTES = 4_000;

/**
 * The objects of a split file or of a whole dump (RFC 2622, section 2): attributes of `name: value`, an empty line
 * between objects, lines that begin with a blank or `+` continue the one before, `%` and `#` begin comments. Text is
 * Latin-1, as the registries write it. Memory: one object.
 */
export async function* rpslObjects(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RpslObject> {
  let object: [string, string][] = [];
  let begun = 0;
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line++;
    if (text.trim() === "") {
      if (object.length > 0) yield { line: begun, attributes: object };
      object = [];
    } else if (!/^[%#]/.test(text)) {
      if (object.length === 0) begun = line;
      if (object.length < MOST_ATTRIBUTES) add(object, text);
    }
  }
  if (object.length > 0) yield { line: begun, attributes: object };
}

/** The first value of an attribute; empty if the object has none. */
export function valueOf({ attributes }: RpslObject, ...names: readonly string[]): string {
  return attributes.find(([name]) => names.includes(name))?.[1] ?? "";
}

function add(object: [string, string][], text: string): void {
  const value = text.replace(/\s#.*$/, "").trim();
  const last = object.at(-1);
  if (/^[\s+]/.test(text)) {
    if (last !== undefined) last[1] = `${last[1]} ${value.replace(/^\+/, "").trim()}`.trim();
    return;
  }
  const colon = value.indexOf(":");
  if (colon > 0) object.push([value.slice(0, colon).toLowerCase(), value.slice(colon + 1).trim()]);
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + Buffer.from(chunk).toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}
