export * from "./alert.ts";
export * from "./lifecycle-types.ts";
