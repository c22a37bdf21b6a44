import { describeCaseStore } from "./cases/case-store.ts";
import { openInLibsql } from "./cases/stores.ts";

describeCaseStore("libsql", openInLibsql);
