export * from "./alternatives.ts";
export * from "./parse-pattern.ts";
