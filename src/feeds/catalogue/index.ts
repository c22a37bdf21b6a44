import type { CatalogueEntry } from "../../app/ports.ts";
import { exchanges } from "./exchanges.ts";
import { publicLists } from "./public-lists.ts";
import { reports } from "./reports.ts";

/** Ready definitions of feeds, by name. Addresses are as their publishers had them; none is in use before somebody says so. */
export const catalogue: readonly CatalogueEntry[] = [...reports, ...publicLists, ...exchanges].sort(
  (a, b) => (a.name < b.name ? -1 : 1),
);
