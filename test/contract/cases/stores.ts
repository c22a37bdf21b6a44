/** Every case store, opened the same way, so that one suite can run on all. */
import type { CaseStore } from "../../../src/app/case-ports.ts";
import { openMemoryCases } from "../../../src/store/cases-in-memory/index.ts";

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
