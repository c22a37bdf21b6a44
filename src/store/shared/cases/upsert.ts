import { type RawBuilder, sql } from "kysely";

/** What a row that is there already becomes of the one that was to be inserted: each column as that has it. */
export function asInserted<Row extends object>(
  row: Row,
): { [Column in keyof Row]: RawBuilder<Row[Column]> } {
  const columns = Object.keys(row).map(
    (column) => [column, sql.ref(`excluded.${column}`)] as const,
  );
  return Object.fromEntries(columns) as { [Column in keyof Row]: RawBuilder<Row[Column]> };
}
