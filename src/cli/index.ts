export { runCli } from "./run-cli.ts";
export type {
  CollectOptions,
  FeedListing,
  IngestOptions,
  LocationImport,
  LocationInfo,
  ReplayTruth,
  Surroundings,
  TryOptions,
  Workbench,
} from "./workbench.ts";
