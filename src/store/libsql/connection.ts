/** The only file that knows the package libsql. */
import { closeSync, openSync } from "node:fs";
import Database from "libsql";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { storableText } from "../shared/cases/storable-text.ts";
import { libsqlFault } from "./libsql-fault.ts";

/** Prepared statements that a connection keeps. */
const KEPT = 200;

/** How long the thread stands still for another process, in milliseconds: long waits are `patiently`'s. */
const BUSY = 5;

/** A connection to a database file. Everything it does happens at once, before it gives back a promise. */
export class LibsqlConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /** Opens or creates the file, which only our own user may read. What was committed survives a loss of power. */
  constructor(path: string) {
    this.#database = guarded(() => {
      createOnce(path);
      return new Database(path);
    });
    this.run(`pragma busy_timeout = ${BUSY}`);
    this.run("pragma journal_mode = wal");
    this.run("pragma synchronous = full");
    this.run("pragma foreign_keys = on");
    this.run("pragma cache_size = -32768");
  }

  /** Runs a statement without parameters, and whatever came of it, nothing of it stays open. */
  run(statement: string): void {
    guarded(() => this.#database.exec(statement));
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = parameters.map(storableText);
    return guarded(() => {
      const statement = this.#prepared(sql);
      if (statement.reader) return { rows: statement.all(values) as Row[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(values).changes) };
    });
  }

  // eslint-disable-next-line require-yield -- the interface asks for it, and nobody streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError("rows are read in pages here");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    const statement = known ?? this.#database.prepare(sql);
    if (known) this.#statements.delete(sql);
    else if (this.#statements.size >= KEPT)
      this.#statements.delete(this.#statements.keys().next().value!);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * Creates the file, if it is not there, for our own user only. One that is there must not be opened here: to close it would let go of all
 * locks that this process has on it (POSIX; sqlite.org/howtocorrupt.html, 2.2), and another process would tidy the log away under us.
 */
function createOnce(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw libsqlFault(cause);
  }
}
