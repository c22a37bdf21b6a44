/*
 * Header fields of a mail (RFC 5322, section 2.2; RFC 2047). Whatever a value holds, it makes one field: what could end a line is taken
 * out, and what is no printable ASCII, or only looks encoded, is encoded.
 */

const CRLF = "\r\n";

/** Columns after which a line is folded, where it can be (RFC 5322, section 2.1.1). */
const FOLD_AT = 76;

/** Bytes of text in one encoded word, which has at most 75 characters (RFC 2047, section 2). */
const WORD_BYTES = 42;

/** A field whose value is made of tokens that we chose: folded at blanks. */
export function field(name: string, value: string): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const token of oneLine(value).split(" ")) {
    if (line.length + 1 + token.length > FOLD_AT && line.trim() !== "" && !line.endsWith(":")) {
      lines.push(line);
      line = "";
    }
    line += ` ${token}`;
  }
  return [...lines, line].join(CRLF);
}

/** A field of free text, such as a subject. */
export function textField(name: string, text: string): string {
  const plain = oneLine(text);
  return field(name, isPlain(plain) ? plain : encodedWords(plain));
}

/** A field with one address and the name beside it. */
export function addressField(name: string, address: string, display = ""): string {
  return field(name, display === "" ? address : `${phrase(oneLine(display))} <${address}>`);
}

/** Whether a text is a mail address that goes into a header and an envelope as it is: ASCII, no comment, no route. */
export function isMailAddress(text: string): boolean {
  const local = String.raw`[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+)*`;
  const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  return text.length <= 254 && new RegExp(`^${local}@${label}(?:\\.${label})*$`).test(text);
}

/** A name as a phrase (RFC 5322, section 3.2.5). */
function phrase(name: string): string {
  if (!isPlain(name)) return encodedWords(name);
  return /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+$/.test(name)
    ? name
    : `"${name.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** Printable ASCII that nobody could take for encoded words. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes("=?");
}

/** Base64 words, cut between characters. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > WORD_BYTES) {
      words.push(word);
      word = "";
    }
    word += letter;
  }
  return [...words, word]
    .map((part) => `=?utf-8?B?${Buffer.from(part).toString("base64")}?=`)
    .join(" ");
}
