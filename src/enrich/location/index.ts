export { buildLocation } from "./build.ts";
export type { LocationDescription, LocationOptions, LocationTable } from "./build.ts";
export { inspectTable } from "./import/import-table.ts";
export { openLocator } from "./locator.ts";
export type { ImportSummary, RefusedLine, TableFormat } from "./import/imported.ts";
