import { Kysely } from "kysely";
import type { CaseStore } from "../../app/case-ports.ts";
import { migrate } from "../shared/cases/schema/migrate.ts";
import { sqliteWords } from "../shared/cases/schema/engine-words.ts";
import { inTransaction, openSqlCases } from "../shared/cases/sql-cases.ts";
import type { CaseTables } from "../shared/cases/tables.ts";
import { libsqlDialect } from "./dialect.ts";

/** Opens or creates the cases in a file. Throws `store-newer`, `store-corrupt` or `output-unwritable`. */
export async function openLibsqlCases(path: string): Promise<CaseStore> {
  const database = new Kysely<CaseTables>({ dialect: libsqlDialect(path) });
  try {
    await inTransaction(database, "read write", (cases) => migrate(cases, sqliteWords));
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return openSqlCases(database, () => false);
}
