import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Members, NameTable } from "../record/index.ts";
import { CellCutter } from "./cell-cutter.ts";
import { splitCells } from "./cells.ts";

const columns = ["a", "b", "c"];
const numbered = /\s*[,;\t|]\s*|\s+#\s*|\s+/;

/** The cells that the cutter finds, by column; `undefined` if it leaves the row to others. */
function cut(row: string, delimiter: string | RegExp, ragged: boolean): string[] | undefined {
  const names = new NameTable();
  const members = new Members(names);
  const ids = columns.map((column) => names.idOf(column));
  const cutter = new CellCutter({ delimiter, ragged }, ids, members);
  const bytes = Buffer.from(`x${row}\n`);
  if (!cutter.cut(bytes, 1, bytes.length - 1)) return undefined;
  return columns.slice(0, members.count).map((column) => members.text(column));
}

describe("CellCutter", () => {
  it("cuts plain rows, with quotes and blanks", () => {
    expect(cut(' 1, "x ""y"", z" ,', ",", false)).toEqual(["1", 'x "y", z', ""]);
    expect(cut("one", numbered, true)).toEqual(["one"]);
    expect(cut("one two", numbered, true)).toBeUndefined();
    expect(cut("1,2", ",", false)).toBeUndefined();
  });

  it.each([",", "\t", numbered])("finds the cells that a row's text has, parted by %s", (mark) => {
    const row = fc.array(fc.constantFrom(...',;|#"\t ab.é'), { minLength: 1 });
    fc.assert(
      fc.property(row, fc.boolean(), (chars, ragged) => {
        const text = chars.join("");
        const found = cut(text, mark, ragged);
        if (found === undefined) return;
        const cells = splitCells(text, mark)?.map((cell) => cell.trim());
        expect(found).toEqual(cells);
      }),
      { numRuns: 2000 },
    );
  });
});
