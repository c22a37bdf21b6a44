import { type RawBuilder, sql } from "kysely";

/** Whether a row stands after another in a listing of the newest first: for pages. */
export function standsAfter(table: "incidents" | "alerts", id: string): RawBuilder<boolean> {
  const row = sql`select opened_at, id from ${sql.table(table)} where id = ${id}`;
  return sql<boolean>`(opened_at, id) < (${row})`;
}
