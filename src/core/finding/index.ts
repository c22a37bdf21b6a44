export * from "./finding.ts";
export * from "./finding-key.ts";
