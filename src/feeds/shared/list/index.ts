export * from "./format.ts";
export * from "./list-type.ts";
export * from "./plain.ts";
export type { Fields, RecordMapping } from "./record-mapping.ts";
