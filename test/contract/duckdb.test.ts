import { describeObservationStore } from "./observation-store.ts";
import { openDuckdb } from "./stores.ts";

describeObservationStore("duckdb", openDuckdb);
