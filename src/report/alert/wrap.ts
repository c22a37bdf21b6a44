/** Columns of a line: it fits a terminal of 80 with a quote's `> ` in front. */
export const WIDTH = 72;

/** Characters that take two columns in a fixed-width font: Chinese, full-width forms. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** What may not begin a line in Chinese. */
const hanging =
  /^[\uff0c\u3002\uff1b\uff1a\uff01\uff1f\u3001\uff09\u3011\u300b\u201d\u2019,.;:!?)%]/u;

/** A paragraph in lines of at most {@link WIDTH} columns: broken at blanks, and between Chinese characters. A word that is longer stays whole. */
export function wrap(text: string, first = "", next = ""): string[] {
  const lines: string[] = [];
  let line = first;
  let used = columns(first);
  let bare = true;
  for (const piece of piecesOf(text)) {
    const width = columns(piece.trimEnd());
    if (!bare && used + width > WIDTH && !hanging.test(piece)) {
      lines.push(line.trimEnd());
      line = next;
      used = columns(next);
    }
    line += piece;
    used += columns(piece);
    bare = false;
  }
  return [...lines, line.trimEnd()];
}

/** Words with the blanks after them; each Chinese character by itself. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let word = "";
  for (const letter of text) {
    const alone = wide.test(letter);
    if (word !== "" && (alone || (word.endsWith(" ") && letter !== " "))) {
      pieces.push(word);
      word = "";
    }
    word += letter;
    if (alone) {
      pieces.push(word);
      word = "";
    }
  }
  return word === "" ? pieces : [...pieces, word];
}

function columns(text: string): number {
  let count = 0;
  for (const letter of text) count += wide.test(letter) ? 2 : 1;
  return count;
}
