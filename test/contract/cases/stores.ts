/** Every case store, opened the same way, so that one suite can run on all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import type { CaseStore } from "../../../src/app/case-ports.ts";
import { openMemoryCases } from "../../../src/store/cases-in-memory/index.ts";
import { openLibsqlCases } from "../../../src/store/libsql/index.ts";

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
  const opened = [await openLibsqlCases(path)];
  const open = async () => {
    const store = await openLibsqlCases(path);
    opened.push(store);
    return store;
  };
  return {
    store: opened[0]!,
    reopen: async () => {
      await opened.shift()!.close();
      return open();
    },
    beside: open,
    sql: async (statement) => {
      const database = new Database(path);
      database.exec(statement);
      database.close();
    },
    close: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
