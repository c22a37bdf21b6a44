import { describeCaseStore } from "./cases/case-store.ts";
import { openInMemory } from "./cases/stores.ts";

describeCaseStore("memory", openInMemory);
