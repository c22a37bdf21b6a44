export * from "./builder.ts";
export * from "./byte-view.ts";
export * from "./columns.ts";
export * from "./facet-table.ts";
export * from "./plain.ts";
export * from "./refusal.ts";
export {
  ALL_OF_ELEMENT,
  bytesToRetry,
  isTextEnough,
  rawText,
  refusalsOfLines,
  type Refusals,
} from "./refusals.ts";
export { keepRows } from "./row-arrays.ts";
export * from "./row.ts";
export * from "./skip.ts";
export * from "./text-code.ts";
export { enlarge } from "./enlarge.ts";
