export * from "./headers.ts";
export * from "./part.ts";
