/** Header fields by name in small letters, each with its values in order, unfolded. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** A value with parameters: `multipart/report; report-type=feedback-report; boundary="x"`. */
export interface Parameterised {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads header fields; what is none is passed over. */
export function readHeaders(text: string): Headers {
  const headers = new Map<string, string[]>();
  for (const line of text.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value!.trim()]);
  }
  return headers;
}

/** The first value of a field; `""` if there is none. */
export function headerOf(headers: Headers, name: string): string {
  return headers.get(name)?.[0] ?? "";
}

/** Reads a value with its parameters, quoted or not; what RFC 2231 has cut into pieces is joined. */
export function readParameters(text: string): Parameterised {
  const parameters = new Map<string, string>();
  const found = text.matchAll(/;\s*([\w.*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g);
  for (const [, name = "", quoted, plain = ""] of found) {
    const key = name.toLowerCase().replace(/\*\d*\*?$/, "");
    const value = quoted?.replaceAll(/\\(.)/g, "$1") ?? plain;
    parameters.set(key, (parameters.get(key) ?? "") + value);
  }
  return { value: text.split(";", 1)[0]!.trim().toLowerCase(), parameters };
}
