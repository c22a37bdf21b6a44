/** The text of a syslog message (MSG), without its header; of RFC 5424 or RFC 3164, as far as it keeps to either. */

const RFC5424 = /^<\d{1,3}>[1-9]\d{0,2} \S+ \S+ \S+ \S+ \S+ /;
const RFC3164 =
  /^<\d{1,3}>(?:(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ )?(?:[\w./-]{1,48}(?:\[[^\]\s]*\])?: ?)?/;
const BOM = "\u00ef\u00bb\u00bf";

/** Where the text begins. */
export function textOf(message: Buffer): Buffer {
  // Latin 1 keeps one character a byte.
  const all = message.toString("latin1");
  const header = RFC5424.exec(all)?.[0];
  if (header === undefined) return message.subarray(RFC3164.exec(all)?.[0].length ?? 0);
  let at = header.length;
  if (all[at] === "-") at++;
  else while (all[at] === "[") at = elementEnd(all, at);
  if (all[at] === " ") at++;
  if (all.startsWith(BOM, at)) at += BOM.length;
  return message.subarray(at);
}

/** Behind an element of the structured data; quoted values may hold `]`. */
function elementEnd(text: string, from: number): number {
  let quoted = false;
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === "\\" && quoted) at++;
    else if (char === '"') quoted = !quoted;
    else if (char === "]" && !quoted) return at + 1;
  }
  return text.length;
}
