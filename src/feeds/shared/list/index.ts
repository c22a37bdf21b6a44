export * from "./format.ts";
export * from "./list-type.ts";
export * from "./plain.ts";
export type { Facts, RecordMapping } from "./record-mapping.ts";
export { readIndicator } from "./indicator.ts";
export { readMoment } from "./moment.ts";
export { splitCells } from "./cells.ts";
export { readPreamble } from "./preamble.ts";
