export * from "./format.ts";
export * from "./json.ts";
export * from "./mapping.ts";
export * from "./plan.ts";
export type { Interpret, Statement } from "./reader.ts";
