export { runCli } from "./run-cli.ts";
export type {
  CollectOptions,
  FeedListing,
  IngestOptions,
  LocationImport,
  LocationInfo,
  ReplayTruth,
  Surroundings,
  Workbench,
} from "./workbench.ts";
