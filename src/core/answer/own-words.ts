/** Lines from which on a mail repeats another: what mail programs write above a quote. */
const QUOTE_BEGINS = [
  /^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|原始邮件|原邮件|转发的邮件|邮件原件)\s*-{2,}/i,
  /^_{20,}$/,
  /^(on|am|le|el|em|il|op|den)\s.{5,200}(wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev)\b.{0,100}:\s*$/i,
  /^(在|于)?.{5,120}(写道|寫道|写到)\s*[:：]$/,
  /^\*?(from|von|de|发件人|寄件者|寄件人)\*?\s*[:：]\*?\s.*@/i,
];
/** A header that our quoted mail program writes in two lines: `On Monday ...` and `... wrote:`. */
const SPLIT_BEGINNING = /^(on|am|le|el)\s.{5,}$/i;
const SPLIT_END = /^.{0,200}(wrote|schrieb|a écrit|escribió)\b.{0,20}:\s*$/i;
const SIGNATURE = /^--\s?$/;
const QUOTED = /^\s*[>|]/;

/**
 * What the writer of an answer wrote: the text above the quote; where nothing stands above, the lines between and below that are not
 * quoted. Signatures are left out.
 */
export function ownWords(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const above = untilSignature(lines.slice(0, quoteAt(lines)));
  if (above !== "") return above;
  // A quote without marks cannot be told from an answer.
  if (!lines.some((line) => QUOTED.test(line))) return "";
  return untilSignature(lines.filter((line, at) => !QUOTED.test(line) && !beginsQuote(lines, at)));
}

function quoteAt(lines: readonly string[]): number {
  const at = lines.findIndex((line, index) => QUOTED.test(line) || beginsQuote(lines, index));
  return at < 0 ? lines.length : at;
}

function beginsQuote(lines: readonly string[], at: number): boolean {
  const line = lines[at]!.trim().slice(0, 400);
  if (QUOTE_BEGINS.some((begins) => begins.test(line))) return true;
  if (SPLIT_BEGINNING.test(line) && SPLIT_END.test((lines[at + 1] ?? "").trim().slice(0, 400)))
    return true;
  return (
    SPLIT_END.test(line) && at > 0 && SPLIT_BEGINNING.test(lines[at - 1]!.trim().slice(0, 400))
  );
}

function untilSignature(lines: readonly string[]): string {
  const end = lines.findIndex((line) => SIGNATURE.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
}
