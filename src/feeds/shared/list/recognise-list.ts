import type { Reading, Sample } from "../../../app/ports.ts";
import { findText as findStart, nameColumns } from "../csv/index.ts";
import { splitCells } from "./cells.ts";
import type { JsonLayout, ListType, TextLayout } from "./list-type.ts";
import { listDate, type Preamble, readPreamble } from "./preamble.ts";

/** What recognising finds out about a file, beside its type. */
type Found = Pick<Reading, "columns" | "skip" | "listedAt" | "whole">;

/** How the file is to be read if it is of the type. */
export function recogniseList(format: string, type: ListType, sample: Sample): Reading | undefined {
  const found = type.json
    ? findJson(type, type.json, sample)
    : findText(type, type.text ?? {}, sample);
  if (found === undefined) return undefined;
  const { version, tlp, undated } = type.mapping;
  const { listedAt = sample.takenAt, ...rest } = found;
  const dated = undated && listedAt !== undefined ? { listedAt } : {};
  return { format, type: type.name, mapping: version, tlp, notes: [], ...rest, ...dated };
}

function findText(type: ListType, layout: TextLayout, sample: Sample): Found | undefined {
  const preamble = readPreamble(sample.head, layout.comments ?? ["#"], layout.skipLines);
  if (preamble === undefined || preamble.rows.length === 0) return undefined;
  if (!saysSo(type, sample, preamble)) return undefined;
  const columns = layout.numbered ? numbers(layout, preamble) : layout.columns;
  const found = columns ? findRows(layout, columns, preamble) : findHeader(layout, preamble);
  const listedAt = found && listDate(preamble.comments);
  return found && { ...found, ...(listedAt === undefined ? {} : { listedAt }) };
}

function saysSo({ says }: ListType, { name, wanted }: Sample, { comments }: Preamble): boolean {
  return says === undefined || wanted === true || says.test(name) || says.test(comments.join("\n"));
}

/** As many columns as the first row has. */
function numbers(layout: TextLayout, { rows }: Preamble): string[] {
  return nameColumns(splitCells(rows[0]!, layout.delimiter ?? ",")?.map(() => "") ?? []);
}

/** Whether there are all columns that the layout needs. */
function hasNeeded({ needs = [] }: TextLayout, columns: readonly string[]): boolean {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  return needs.every(
    (name) => names.has(name) || Number(/^#(\d+)$/.exec(name)?.[1]) <= columns.length,
  );
}

/** Takes a file without header if one of its first rows looks as it must. */
function findRows(
  layout: TextLayout,
  columns: readonly string[],
  { rows, start: skip }: Preamble,
): Found | undefined {
  const looks = Object.entries(layout.looks ?? {}).map(
    ([column, look]) => [columns.indexOf(column), look] as const,
  );
  const fits = (row: string): boolean => {
    const cells = layout.cut ? layout.cut(row) : splitCells(row, layout.delimiter ?? ",");
    if (cells === undefined || (!layout.ragged && cells.length !== columns.length)) return false;
    return looks.every(([at, look]) => look.test(cells[at] ?? ""));
  };
  return hasNeeded(layout, columns) && rows.some(fits) ? { columns, skip } : undefined;
}

/** Finds the names of the columns in the first row, or else in a comment above it. */
function findHeader(layout: TextLayout, preamble: Preamble): Found | undefined {
  const { rows, above, afterFirst, start: skip } = preamble;
  const namesIn = (line: string): string[] | undefined => {
    const cells = splitCells(line, layout.delimiter ?? ",");
    return cells && hasNeeded(layout, cells) ? nameColumns(cells) : undefined;
  };
  const columns = layout.header === "comment" ? undefined : namesIn(rows[0]!);
  if (columns !== undefined) return { columns, skip: afterFirst };
  for (const comment of layout.header === "row" ? [] : above.toReversed()) {
    const names = namesIn(comment);
    if (names !== undefined) return { columns: names, skip };
  }
  return undefined;
}

function findJson(type: ListType, layout: JsonLayout, sample: Sample): Found | undefined {
  const text = Buffer.from(sample.head)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  if (text[0] !== "{" && text[0] !== "[") return undefined;
  const has = (name: string): boolean => new RegExp(String.raw`"${name}"\s*:`).test(text);
  if (!layout.needs.every(has) || layout.lacks?.some(has)) return undefined;
  if (layout.looks?.test(text) === false) return undefined;
  if (type.says && !sample.wanted && !type.says.test(sample.name) && !type.says.test(text))
    return undefined;
  const lines = text[0] === "{" && layout.under === undefined && isJson(text.split("\n", 1)[0]!);
  return { columns: [], skip: findStart(sample.head), ...(lines ? {} : { whole: true }) };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
