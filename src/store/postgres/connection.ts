/** The only file that knows the package pg. */
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import pg from "pg";
import type { Secret } from "../../core/secret.ts";
import { storableText } from "../shared/cases/storable-text.ts";
import { postgresFault } from "./postgres-fault.ts";

/** Connections at most, of which one writes. */
const MOST = 16;

/** How long one waits for a connection, in milliseconds. */
const PATIENCE = 10_000;

const INT8 = 20;

/** Connections to a server. */
export class PostgresPool {
  readonly #pool: pg.Pool;

  constructor(url: Secret) {
    this.#pool = new pg.Pool({
      connectionString: url.reveal(),
      application_name: "tocsin",
      max: MOST,
      connectionTimeoutMillis: PATIENCE,
      types: { getTypeParser },
    });
    // A connection that breaks while nobody uses it is replaced when somebody needs one, who is told if that fails.
    this.#pool.on("error", () => undefined);
  }

  async connect(): Promise<PostgresConnection> {
    return guarded(async () => new PostgresConnection(await this.#pool.connect()));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** A connection that somebody has taken from the pool. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #broken = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    client.on("error", this.#breaks);
  }

  /** Runs statements without parameters; gives what the server calls the last one. */
  async run(statements: string): Promise<string> {
    const results = await guarded(() => this.#client.query(statements));
    return [results].flat().at(-1)!.command;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = parameters.map(storableText);
    const { rows, rowCount } = await guarded(() => this.#client.query(sql, values));
    return { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) };
  }

  // eslint-disable-next-line require-yield -- the interface asks for it, and nobody streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError("rows are read in pages here");
  }

  /** Gives the connection back, or ends it if it must not be used again. */
  release(broken = false): void {
    this.#client.off("error", this.#breaks);
    this.#client.release(broken || this.#broken);
  }

  readonly #breaks = (): void => {
    this.#broken = true;
  };
}

/** Whole numbers of 64 bits that a number can be are numbers; keys, which are larger, are asked for as text. */
function getTypeParser(type: number, format?: "text" | "binary"): (text: string) => unknown {
  return type === INT8
    ? Number
    : (pg.types.getTypeParser(type, format) as (text: string) => unknown);
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw postgresFault(cause);
  }
}
