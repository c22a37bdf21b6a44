export * from "./format.ts";
export * from "./mapping.ts";
export { ops } from "./plan.ts";
export * from "./reader.ts";
