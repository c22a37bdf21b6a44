export * from "./format.ts";
export * from "./json.ts";
export * from "./mapping.ts";
export { cells, Members } from "./members.ts";
export { NameTable } from "./names.ts";
export { ExtraWriter } from "./extra-writer.ts";
export * from "./reader.ts";
export type { Interpret, Statement } from "./statements.ts";
