export * from "./element-reader.ts";
export * from "./json-spans.ts";
export * from "./moments.ts";
export * from "./place.ts";
export * from "./row-writer.ts";
export * from "./values.ts";
