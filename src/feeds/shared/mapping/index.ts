export * from "./format.ts";
export * from "./mapping.ts";
export * from "./reader.ts";
