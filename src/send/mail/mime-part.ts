import { decodeQuotedPrintable } from "./quoted-printable.ts";

/** A part of a mail as it stands in the bytes: unlike a parser's view, it keeps what a signature is over. */
export interface MimePart {
  /** `multipart/report`; `text/plain` if nothing is said. */
  readonly type: string;
  /** Parameters of the type, by lower-case name. */
  readonly params: ReadonlyMap<string, string>;
  /** The first field of each name, unfolded, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** Header and body, one character a byte. */
  readonly raw: string;
  readonly body: string;
  readonly children: readonly MimePart[];
}

const DEEPEST = 8;
const MOST_CHILDREN = 100;

/** Takes a mail apart. Any bytes give a part; what is nested too deep or has too many parts is left whole. */
export function mimePartOf(raw: string, depth = 0): MimePart {
  const { headers, body } = splitHead(raw);
  const { type, params } = contentTypeOf(headers.get("content-type") ?? "");
  const boundary = params.get("boundary") ?? "";
  const divided = type.startsWith("multipart/") && boundary !== "" && depth < DEEPEST;
  const children = divided
    ? sectionsOf(body, boundary).map((section) => mimePartOf(section, depth + 1))
    : [];
  return { type, params, headers, raw, body, children };
}

/** The part and all below it, in their order. */
export function* allParts(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.children) yield* allParts(child);
}

/** The body's text, transfer encoding undone, read as UTF-8 at most so many bytes. */
export function textOf({ headers, body }: MimePart, most = 65_536): string {
  const encoding = (headers.get("content-transfer-encoding") ?? "").trim().toLowerCase();
  const part = body.slice(0, most * 2);
  const bytes =
    encoding === "base64"
      ? Buffer.from(part, "base64")
      : Buffer.from(encoding === "quoted-printable" ? decodeQuotedPrintable(part) : part, "latin1");
  return bytes.subarray(0, most).toString("utf8");
}

/** Reads a block of header fields: the first of each name, unfolded. */
export function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function splitHead(raw: string): { headers: Map<string, string>; body: string } {
  if (/^\r?\n/.test(raw)) return { headers: new Map(), body: raw.replace(/^\r?\n/, "") };
  const end = /\r?\n\r?\n/.exec(raw);
  if (end === null) return { headers: fieldsOf(raw), body: "" };
  return {
    headers: fieldsOf(raw.slice(0, end.index)),
    body: raw.slice(end.index + end[0].length),
  };
}

function contentTypeOf(value: string) {
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(value)?.[1]?.toLowerCase() ?? "text/plain";
  const params = new Map<string, string>();
  for (const [, name, quoted, plain] of value.matchAll(
    /;\s*([\w*-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g,
  ))
    params.set(name!.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  return { type, params };
}

/** What stands between the boundaries (RFC 2046, section 5.1.1): the line break before a boundary belongs to it. */
function sectionsOf(body: string, boundary: string): string[] {
  const sections: string[] = [];
  let begin = -1;
  for (const { at, end, last } of delimitersIn(body, `--${boundary}`)) {
    if (begin >= 0) sections.push(body.slice(begin, withoutBreak(body, begin, at)));
    begin = last || sections.length >= MOST_CHILDREN ? -1 : end;
    if (begin < 0) break;
  }
  // A mail that was cut short still has what came of its last part.
  if (begin >= 0) sections.push(body.slice(begin));
  return sections;
}

function* delimitersIn(body: string, delimiter: string) {
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    if (at > 0 && body[at - 1] !== "\n") continue;
    const newline = body.indexOf("\n", at);
    const end = newline < 0 ? body.length : newline + 1;
    const rest = body.slice(at + delimiter.length, end).trim();
    if (rest === "" || rest === "--") yield { at, end, last: rest === "--" };
  }
}

function withoutBreak(body: string, begin: number, at: number): number {
  if (at - 1 < begin) return begin;
  return body[at - 2] === "\r" && at - 2 >= begin ? at - 2 : at - 1;
}
