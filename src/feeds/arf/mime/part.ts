import { type Headers, headerOf, readHeaders, readParameters } from "./headers.ts";

/** A mail, or a part of one. */
export interface Part {
  readonly headers: Headers;
  /** The media type, such as `text/plain`. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** The decoded bytes; for a part that has parts there are none. */
  readonly content: () => Buffer;
  readonly parts: readonly Part[];
  /** The line of the mail on which the part begins, from 0. */
  readonly line: number;
}

const DEEPEST = 16;
const MOST_PARTS = 10_000;

/** Reads a mail, whose bytes are one character each. Nothing of it need be right: what is no mail is a mail of plain text. */
export function readPart(text: string, line = 0, depth = 0): Part {
  const [head, body] = cutHead(text);
  const headers = readHeaders(head);
  const { value, parameters } = readParameters(headerOf(headers, "content-type"));
  const type = value || "text/plain";
  const encoding = headerOf(headers, "content-transfer-encoding").toLowerCase();
  const bodyLine = line + linesIn(text.slice(0, text.length - body.length));
  const content = (): Buffer => decode(body, encoding);
  const part = { headers, type, parameters, line, content };
  if (depth >= DEEPEST) return { ...part, parts: [] };
  const boundary = parameters.get("boundary") ?? "";
  if (type.startsWith("multipart/") && boundary !== "")
    return { ...part, parts: splitBody(body, boundary, bodyLine, depth) };
  if (type === "message/rfc822" || type === "message/global")
    return { ...part, parts: [readPart(content().toString("latin1"), bodyLine, depth + 1)] };
  return { ...part, parts: [] };
}

/** Header and body; a text that does not begin with a field has no header. */
function cutHead(text: string): [string, string] {
  if (/^\r?\n/.test(text)) return ["", text];
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  if (!/^[!-9;-~]+[ \t]*:/.test(head)) return ["", text];
  return [head, end ? text.slice(end.index + end[0].length) : ""];
}

/** The parts between the lines of a boundary; a last line that is missing is taken as there. */
function splitBody(body: string, boundary: string, line: number, depth: number): Part[] {
  const parts: Part[] = [];
  const mark = `--${boundary}`;
  let from = -1;
  let counted = 0;
  let lines = line;
  for (
    let at = findMark(body, mark, 0);
    parts.length < MOST_PARTS;
    at = findMark(body, mark, at + mark.length)
  ) {
    const end = at < 0 ? body.length : at;
    if (from >= 0) {
      lines += linesIn(body.slice(counted, from));
      counted = from;
      parts.push(readPart(withoutLineEnd(body.slice(from, end)), lines, depth + 1));
    }
    if (at < 0 || body.startsWith("--", at + mark.length)) break;
    const next = body.indexOf("\n", at);
    if (next < 0) break;
    from = next + 1;
  }
  return parts;
}

/** Where the boundary stands at the beginning of a line, with nothing but blanks behind. */
function findMark(body: string, mark: string, from: number): number {
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
    const starts = at === 0 || body[at - 1] === "\n";
    const behind = body.slice(at + mark.length, at + mark.length + 1);
    if (starts && (behind === "" || /[-\s]/.test(behind))) return at;
  }
  return -1;
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function decode(body: string, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(body, "base64");
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1");
  const lines = body.split("\n").map((line) => line.trimEnd());
  const text = lines
    .map((line) => (line.endsWith("=") ? line.slice(0, -1) : `${line}\n`))
    .join("")
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(text, "latin1");
}
