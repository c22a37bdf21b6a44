/** Every observation store, opened the same way, so that one suite can run on all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObservationStore } from "../../src/app/ports.ts";
import { openDuckdbStore } from "../../src/store/duckdb/index.ts";
import { openMemoryStore } from "../../src/store/memory/index.ts";

/** The moment at which the tests store. */
export const NOW = new Date("2013-06-01T08:30:00Z");

/** An open store, and how to be done with it. */
export interface OpenStore {
  store: ObservationStore;
  /** Closes the store and opens it anew, where it keeps anything; for another home if one is given. */
  readonly reopen?: (home?: readonly string[]) => Promise<ObservationStore>;
  readonly close: () => Promise<void>;
}

/** Opens an empty store. */
export type OpenEmptyStore = (home: readonly string[]) => Promise<OpenStore>;

/** Opens an empty store in memory. */
export async function openMemory(home: readonly string[]): Promise<OpenStore> {
  const store = openMemoryStore({ home, now: () => NOW });
  return { store, close: () => store.close() };
}

/** Opens an empty DuckDB store in a folder of its own. */
export function openDuckdb(home: readonly string[]): Promise<OpenStore> {
  return openDuckdbThat({}, home);
}

/** The same, with the cells in memory from the first question on. */
export function openRememberingDuckdb(home: readonly string[]): Promise<OpenStore> {
  return openDuckdbThat({ rememberCellsAfter: 0 }, home);
}

async function openDuckdbThat(
  options: { readonly rememberCellsAfter?: number },
  home: readonly string[],
): Promise<OpenStore> {
  const dir = mkdtempSync(join(tmpdir(), "tocsin-contract-"));
  const open = (of: readonly string[]) =>
    openDuckdbStore({ ...options, dir, home: of, now: () => NOW });
  const opened = {
    store: await open(home),
    reopen: async (of = home) => {
      await opened.store.close();
      return (opened.store = await open(of));
    },
    close: async () => {
      await opened.store.close();
      rmSync(dir, { recursive: true });
    },
  };
  return opened;
}

/** The stores by name. */
export const STORES: readonly (readonly [name: string, open: OpenEmptyStore])[] = [
  ["memory", openMemory],
  ["duckdb", openDuckdb],
  ["duckdb with cells in memory", openRememberingDuckdb],
];
