export * from "./priority.ts";
export * from "./route-types.ts";
export * from "./rules.ts";
