import {
  AbortedTransactionError,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from "kysely";
import { Fault, isFault } from "../../core/fault.ts";
import type { Secret } from "../../core/secret.ts";
import { type PostgresConnection, PostgresPool } from "./connection.ts";

/** The advisory lock of whoever writes to the cases: "TCSN" as a number. */
const WRITER = 0x5443534e;

/** How Kysely speaks to a server of PostgreSQL. */
export function postgresDialect(url: Secret): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(url),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PostgresDriver implements Driver {
  readonly #pool: PostgresPool;

  constructor(url: Secret) {
    this.#pool = new PostgresPool(url);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    return this.#pool.connect();
  }

  /**
   * One of all processes writes at a time, as the audit log is one chain. The lock is taken before the first statement that looks at
   * anything, and each statement sees what was committed before it: so a writer sees all that the writer before it did.
   */
  async beginTransaction(
    connection: PostgresConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    const reads = "begin isolation level repeatable read read only; select 1";
    const writes = `begin isolation level read committed; select pg_advisory_xact_lock(${WRITER})`;
    await connection.run(accessMode === "read only" ? reads : writes);
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    // The server answers ROLLBACK if a statement failed before.
    if ((await committed(connection)) === "ROLLBACK") throw new AbortedTransactionError();
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.run("rollback");
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool.close();
  }
}

/** Commits, and says so where the answer is lost: then nobody knows, and the work must not be run again by itself. */
async function committed(connection: PostgresConnection): Promise<string> {
  try {
    return await connection.run("commit");
  } catch (cause) {
    if (!isFault(cause, "database-unreachable")) throw cause;
    const says = "the database server was lost at the end: whether the work was kept is not known";
    throw new Fault("database-unreachable", says, { cause });
  }
}
