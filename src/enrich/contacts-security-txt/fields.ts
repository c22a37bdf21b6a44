/** A field of a security.txt. */
export interface Field {
  readonly line: number;
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

const BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

/**
 * The fields of a security.txt (RFC 9116, section 2.2), of the signed form those under the signature (RFC 9580,
 * section 7). Comments and lines that are no field are left out.
 */
export function fieldsOf(text: string): { readonly fields: Field[]; readonly signed: boolean } {
  const lines = text.split(/\r?\n/);
  const signed = lines[0]?.trimEnd() === BEGIN;
  const from = signed ? lines.indexOf("") + 1 : 0;
  const end = signed ? lines.findIndex((line) => line.trimEnd() === SIGNATURE) : -1;
  const fields: Field[] = [];
  for (let at = from; at < (end < 0 ? lines.length : end); at++) {
    const line = signed ? lines[at]!.replace(/^- /, "") : lines[at]!;
    const match = /^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (match === null) continue;
    fields.push({ line: at + 1, name: match[1]!.toLowerCase(), value: match[2]! });
  }
  return { fields, signed };
}
