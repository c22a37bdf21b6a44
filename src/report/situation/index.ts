export type { Language } from "./language.ts";
export { countryName, countryNames, type NameTable, sectorName } from "./names.ts";
export { statement } from "./statement.ts";
