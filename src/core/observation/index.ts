export * from "./builder.ts";
export * from "./columns.ts";
export * from "./facet-table.ts";
export * from "./plain.ts";
export * from "./refusal.ts";
export * from "./row.ts";
export * from "./skip.ts";
export * from "./text-code.ts";
export { enlarge } from "./enlarge.ts";
