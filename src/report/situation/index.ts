export type { Language } from "../shared/language.ts";
export { countryName, countryNames, type NameTable, sectorName } from "../shared/names.ts";
export { statement } from "./statement.ts";
