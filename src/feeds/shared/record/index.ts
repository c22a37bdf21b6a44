export * from "./format.ts";
export * from "./json.ts";
export * from "./mapping.ts";
export type { Members } from "./members.ts";
export type { Interpret, Statement } from "./reader.ts";
