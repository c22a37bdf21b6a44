import type { Instant } from "../../core/time/index.ts";
import type { Draft } from "./draft.ts";

/** Sorts by texts, the first that differs deciding. */
export function sortedBy<Row>(rows: readonly Row[], texts: (row: Row) => readonly string[]): Row[] {
  return rows.toSorted((a, b) => compare(texts(a), texts(b)));
}

/** The same, the last first. */
export function lastFirstBy<Row>(
  rows: readonly Row[],
  texts: (row: Row) => readonly string[],
): Row[] {
  return rows.toSorted((a, b) => compare(texts(b), texts(a)));
}

interface Opened {
  readonly id: string;
  readonly openedAt: Instant;
}

/** A page of what a filter picks, the newest first, after the row that `before` names. */
export function pageOf<Row extends Opened>(
  draft: Draft<Row>,
  picks: (row: Row) => boolean,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Row[] {
  const place = ({ openedAt, id }: Opened) => [openedAt, id];
  const from = before === undefined ? undefined : draft.at(before);
  if (before !== undefined && from === undefined) return [];
  const rows = draft.filter(
    (row) => picks(row) && (from === undefined || compare(place(row), place(from)) < 0),
  );
  return lastFirstBy(rows, place).slice(0, limit);
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [at, text] of a.entries()) {
    const other = b[at]!;
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
