export * from "./cause.ts";
export { type CellChanges, CellTable } from "./cell-table.ts";
export * from "./period.ts";
export { orderByKey, type Presences } from "./presences.ts";
export * from "./prev-seen.ts";
export * from "./situation.ts";
export * from "./views.ts";
