import {
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from "kysely";
import { LibsqlConnection } from "./connection.ts";
import { patiently } from "./patience.ts";

/** Connections that are kept for later. */
const KEPT = 4;

/** How Kysely speaks to a file of libsql. */
export function libsqlDialect(path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new LibsqlDriver(path),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Gives each transaction a connection of its own, so that nothing slips into another's. */
class LibsqlDriver implements Driver {
  readonly #path: string;
  readonly #free: LibsqlConnection[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<LibsqlConnection> {
    return this.#free.pop() ?? patiently(() => new LibsqlConnection(this.#path));
  }

  /** A reader's moment is that of its first look at the file; so it looks at once. */
  async beginTransaction(
    connection: LibsqlConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    const reads = accessMode === "read only";
    connection.run(`pragma query_only = ${reads ? "on" : "off"}`);
    if (!reads) return patiently(() => connection.run("begin immediate"));
    connection.run("begin");
    await patiently(() => connection.run("select count(*) from sqlite_schema"));
  }

  async commitTransaction(connection: LibsqlConnection): Promise<void> {
    connection.run("commit");
  }

  async rollbackTransaction(connection: LibsqlConnection): Promise<void> {
    connection.run("rollback");
  }

  async releaseConnection(connection: LibsqlConnection): Promise<void> {
    if (this.#free.length < KEPT) this.#free.push(connection);
    else connection.close();
  }

  /** Leaves everything in the one file: libsql lets go of a connection when its memory is collected, and would tidy up only then. */
  async destroy(): Promise<void> {
    this.#free[0]?.run("pragma wal_checkpoint(truncate)");
    for (const connection of this.#free.splice(0)) connection.close();
  }
}
