import { Kysely } from "kysely";
import { Fault } from "../../core/fault.ts";
import type { CaseStore } from "../../app/case-ports.ts";
import type { Secret } from "../../core/secret.ts";
import { postgresWords } from "../shared/cases/schema/engine-words.ts";
import { migrate } from "../shared/cases/schema/migrate.ts";
import { inTransaction, openSqlCases } from "../shared/cases/sql-cases.ts";
import type { CaseTables } from "../shared/cases/tables.ts";
import { postgresDialect } from "./dialect.ts";
import { lostRace } from "./postgres-fault.ts";

/**
 * Opens the cases on a server of PostgreSQL, `postgres://user:password@host/database`, and makes their tables where there are
 * none. Throws `store-newer`, `database-unreachable`, `database-refused`, or `config-invalid` for what is no such address.
 */
export async function openPostgresCases(url: Secret): Promise<CaseStore> {
  mustBeAddress(url);
  const database = new Kysely<CaseTables>({ dialect: postgresDialect(url) });
  try {
    await inTransaction(database, "read write", (cases) => migrate(cases, postgresWords));
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return openSqlCases(database, lostRace);
}

/** Refuses what the driver could not read: its error would show the address, and with it the password. */
function mustBeAddress(url: Secret): void {
  const address = url.reveal();
  if (/^postgres(ql)?:\/\//.test(address) && URL.canParse(address)) return;
  throw new Fault(
    "config-invalid",
    "the address of the database is not of the form postgres://user:password@host/database",
  );
}
