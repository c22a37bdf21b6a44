export * from "./dry-run.ts";
export type { DryRunReport } from "./dry-run-tally.ts";
export * from "./inhibit.ts";
export * from "./route-asset.ts";
export * from "./routing-place.ts";
export * from "./versions.ts";
