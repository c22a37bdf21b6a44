export { openDuckdbStore } from "./store.ts";
