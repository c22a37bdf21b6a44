import { describeObservationStore } from "./observation-store.ts";
import { openDuckdb, openRememberingDuckdb } from "./stores.ts";

describeObservationStore("duckdb", openDuckdb);
describeObservationStore("duckdb, with cells in memory,", openRememberingDuckdb);
