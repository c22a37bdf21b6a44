/**
 * The only file that knows the DuckDB packages. One process, one instance: opening a database twice in a process silently
 * forks it, so `Database.open` keeps a register and refuses.
 */
import { resolve } from "node:path";
import { DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { Fault } from "../../core/fault.ts";
import { TableAppender } from "./appender.ts";
import { messageOf, storeFault } from "./store-fault.ts";

/** A value that is bound to a parameter. */
export type Value = DuckDBValue;

const opened = new Set<string>();

/** An open database file. */
export class Database {
  readonly path: string;
  readonly #db: duckdb.Database;
  readonly #sessions: Session[] = [];

  private constructor(path: string, db: duckdb.Database) {
    this.path = path;
    this.#db = db;
  }

  /** Opens or creates the file. Throws Fault `data-dir-in-use`, `no-space-left` or `store-corrupt`. */
  static async open(path: string, settings: Readonly<Record<string, string>>): Promise<Database> {
    const key = resolve(path);
    if (opened.has(key))
      throw new Fault("data-dir-in-use", `${path} is open in this process already`);
    const config = duckdb.create_config();
    for (const [name, value] of Object.entries(settings)) duckdb.set_config(config, name, value);
    try {
      const db = await duckdb.open(path, config);
      opened.add(key);
      return new Database(path, db);
    } catch (cause) {
      throw openFault(path, cause);
    }
  }

  /** A connection of its own: own transaction, own snapshot. */
  async connect(): Promise<Session> {
    const session = new Session(await duckdb.connect(this.#db));
    this.#sessions.push(session);
    return session;
  }

  /** Ends a connection before the file is closed. */
  disconnect(session: Session): void {
    this.#sessions.splice(this.#sessions.indexOf(session), 1);
    session.close();
  }

  /** Closes all sessions and the file. */
  close(): void {
    for (const session of this.#sessions) session.close();
    duckdb.close_sync(this.#db);
    opened.delete(resolve(this.path));
  }
}

/** One connection. */
export class Session {
  readonly #raw: duckdb.Connection;
  readonly #connection: DuckDBConnection;

  constructor(raw: duckdb.Connection) {
    this.#raw = raw;
    this.#connection = new DuckDBConnection(raw);
  }

  /** Runs a statement; values are bound as `$1`, `$2`, ... */
  async run(sql: string, values: readonly Value[] = []): Promise<void> {
    await this.#guard(() => this.#connection.run(sql, [...values] as DuckDBValue[]));
  }

  /** Runs a query and gives its rows; 64-bit integers as bigint. */
  async rows<Row>(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    return this.#guard(async () => {
      const result = await this.#connection.run(sql, [...values] as DuckDBValue[]);
      return (await result.getRowObjectsJS()) as Row[];
    });
  }

  /** Runs a query without parameters and gives its chunks as they come, raw, without an object a row. */
  async eachChunk(sql: string, take: (chunk: RawChunk) => void): Promise<void> {
    await this.#guard(async () => {
      const prepared = await duckdb.prepare(this.#raw, sql);
      const result = await duckdb.execute_prepared_streaming(prepared);
      for (;;) {
        const chunk = await duckdb.fetch_chunk(result);
        if (!chunk) return;
        const rows = duckdb.data_chunk_get_size(chunk);
        if (rows === 0) return;
        take(new RawChunk(chunk, rows));
      }
    });
  }

  /** Runs a query and gives its rows in pages of at most 2,048, as they come. */
  async *pages<Row>(sql: string, values: readonly Value[] = []): AsyncGenerator<Row[]> {
    const result = await this.#guard(() =>
      this.#connection.stream(sql, [...values] as DuckDBValue[]),
    );
    for await (const page of result.yieldRowObjectJs()) yield page as Row[];
  }

  /** Opens an appender on a table; what it appends belongs to this session's transaction. */
  appender(table: string): TableAppender {
    return new TableAppender(duckdb.appender_create(this.#raw, null, table));
  }

  /** Stops the statement that is running. */
  interrupt(): void {
    duckdb.interrupt(this.#raw);
  }

  close(): void {
    this.#connection.closeSync();
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw storeFault(cause);
    }
  }
}

/** A time as text, in SQL. */
export function utc(time: string): string {
  return `strftime(${time}, '%Y-%m-%dT%H:%M:%SZ')`;
}

/** Ends a transaction that failed with `error`; a session that failed may have none any more, and what is to be told is why. */
export async function rollBack(session: Session, error: unknown): Promise<void> {
  await session.run("ROLLBACK").catch(() => error);
}

/** A chunk of at most 2,048 rows of a result. */
export class RawChunk {
  readonly rows: number;
  readonly #chunk: duckdb.DataChunk;

  constructor(chunk: duckdb.DataChunk, rows: number) {
    this.#chunk = chunk;
    this.rows = rows;
  }

  /** A 64-bit column as two words a row, low first. */
  words64(column: number): Uint32Array {
    return new Uint32Array(this.#copy(column, 8));
  }

  words32(column: number): Uint32Array {
    return new Uint32Array(this.#copy(column, 4));
  }

  words16(column: number): Uint16Array {
    return new Uint16Array(this.#copy(column, 2));
  }

  #copy(column: number, width: number): ArrayBuffer {
    const vector = duckdb.data_chunk_get_vector(this.#chunk, column);
    const bytes = duckdb.vector_get_data(vector, this.rows * width);
    return bytes.buffer.slice(
      bytes.byteOffset,
      bytes.byteOffset + this.rows * width,
    ) as ArrayBuffer;
  }
}

function openFault(path: string, cause: unknown): Fault {
  const message = messageOf(cause);
  const holder = /Conflicting lock is held in (.*?) \(PID (\d+)\)/.exec(message);
  if (holder) return new Fault("data-dir-in-use", `process ${holder[2]} (${holder[1]})`, { cause });
  if (/could not set lock/i.test(message))
    return new Fault("data-dir-in-use", "another process", { cause });
  if (/Permission denied|Read-only file system/i.test(message))
    return new Fault(
      "output-unwritable",
      `${path} cannot be written: the user of this process needs write permission for it and its directory`,
      { cause },
    );
  if (/No space left/i.test(message))
    return new Fault("no-space-left", `no space left for ${path}`, { cause });
  return new Fault("store-corrupt", `${path} cannot be opened: ${message}`, { cause });
}
