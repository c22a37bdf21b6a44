export * from "./directory/index.ts";
export * from "./rules/index.ts";
