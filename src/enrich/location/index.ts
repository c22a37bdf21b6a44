export { buildLocation } from "./build.ts";
export type { LocationOptions, LocationTable } from "./build.ts";
export { inspectTable } from "./import/import-table.ts";
export { openLocator } from "./locator.ts";
