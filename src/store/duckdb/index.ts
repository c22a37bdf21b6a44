export { type DuckdbStoreOptions, openDuckdbStore } from "./store.ts";
