/* ASN.1 in its distinguished encoding (X.690), as far as CMS needs it. */

/** A value with its tag and its length in front. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body]);
}

export const sequence = (...of: readonly Uint8Array[]): Buffer => der(0x30, ...of);

/** Sorted by their bytes, as distinguished encoding asks for. */
export const set = (...of: readonly Uint8Array[]): Buffer =>
  der(0x31, ...of.toSorted((a, b) => Buffer.compare(a, b)));

export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);

export const smallInteger = (value: number): Buffer => der(0x02, Buffer.of(value));

export const nothing = der(0x05);

/** An object identifier from its dotted form. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...others].flatMap(baseOf128)));
}

/** `UTCTime`, which CMS asks for until 2049 (RFC 5652, section 11.3). */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return der(0x17, Buffer.from(digits.slice(2)));
}

/** The values within a constructed value, each with its tag and length. */
export function valuesIn(bytes: Buffer): Buffer[] {
  const values: Buffer[] = [];
  const { start, end } = contentOf(bytes, 0);
  for (let at = start; at < end;) {
    const next = contentOf(bytes, at).end;
    values.push(bytes.subarray(at, next));
    at = next;
  }
  return values;
}

function contentOf(bytes: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = bytes.readUInt8(at + 1);
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const size = first & 0x7f;
  const start = at + 2 + size;
  return { start, end: start + bytes.readUIntBE(at + 2, size) };
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

function baseOf128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
