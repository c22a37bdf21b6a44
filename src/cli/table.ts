/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly right?: boolean;
}

const GAP = "  ";

/** Characters that take two places on a terminal (Unicode East Asian Width W and F, as far as our texts use them). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;

/** How many places a text takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : NO_WIDTH.test(char) ? 0 : 1;
  return width;
}

/** Lines of a table, the titles first; cells line up whatever script they are in. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((row) => textWidth(row[at] ?? ""))));
  return all.map((row) =>
    columns
      .map(({ right }, at) => {
        const cell = row[at] ?? "";
        const blank = " ".repeat(widths[at]! - textWidth(cell));
        return right ? blank + cell : cell + blank;
      })
      .join(GAP)
      .trimEnd(),
  );
}
