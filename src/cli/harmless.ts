/**
 * Text from feeds, file names and host names is hostile: an escape sequence in it could drive the operator's terminal
 * (CWE-150). Control characters other than the line feed, and the characters that turn the direction of writing, are shown
 * as `\u001b` and the like.
 */
// oxlint-disable-next-line no-control-regex
const dangerous = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with nothing in it that a terminal would obey. */
export function harmless(text: string): string {
  return text.replace(dangerous, visible);
}

/** The same, but for the colours and weights that the program itself writes. */
export function harmlessButStyled(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\x1b\[(?:1|2|22|31|32|33|39)m|[^\x1b]+|\x1b/g, (part) =>
    part.length > 1 && part.startsWith("\u001b[") ? part : harmless(part),
  );
}

function visible(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
