/** Every case store, opened the same way, so that one suite can run on all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import type { CaseStore } from "../../../src/app/case-ports.ts";
import { Secret } from "../../../src/core/secret.ts";
import { openMemoryCases } from "../../../src/store/cases-in-memory/index.ts";
import { openLibsqlCases } from "../../../src/store/libsql/index.ts";
import { openPostgresCases } from "../../../src/store/postgres/index.ts";
import type { PostgresServer } from "./postgres-server.ts";

/** An open case store, and how to be done with it. */
export interface OpenCases {
  store: CaseStore;
  /** Closes the store and opens it anew, where it keeps anything. */
  readonly reopen?: () => Promise<CaseStore>;
  /** Opens it once more beside, as another process would, where that may be. */
  readonly beside?: () => Promise<CaseStore>;
  /** Runs a statement behind its back, where there is SQL. */
  readonly sql?: (statement: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens an empty case store. */
export type OpenEmptyCases = () => Promise<OpenCases>;

/** Opens an empty store in memory. */
export async function openInMemory(): Promise<OpenCases> {
  const store = openMemoryCases();
  return { store, close: () => store.close() };
}

/** Opens an empty store of libsql in a folder of its own. */
export async function openInLibsql(): Promise<OpenCases> {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-cases-"));
  const path = join(folder, "cases.db");
  return kept(
    () => openLibsqlCases(path),
    async (statement) => {
      const database = new Database(path);
      database.exec(statement);
      database.close();
    },
    () => rmSync(folder, { recursive: true }),
  );
}

/** Opens an empty store in a place of its own on a server that runs. */
export async function openInPostgres(server: PostgresServer): Promise<OpenCases> {
  const url = server.makePlace();
  return kept(
    () => openPostgresCases(new Secret(url)),
    async (statement) => {
      server.sql(url, statement);
    },
    () => undefined,
  );
}

/** A store that keeps what it is given, and can be opened many times. */
async function kept(
  openOne: () => Promise<CaseStore>,
  sql: (statement: string) => Promise<void>,
  remove: () => void,
): Promise<OpenCases> {
  const store = await openOne();
  const open = new Set([store]);
  const beside = async () => {
    const another = await openOne();
    open.add(another);
    return another;
  };
  return {
    store,
    beside,
    sql,
    reopen: async () => {
      open.delete(store);
      await store.close();
      return beside();
    },
    close: async () => {
      for (const one of open) await one.close();
      remove();
    },
  };
}
