export { runCli } from "./run-cli.ts";
export type {
  CollectOptions,
  FeedListing,
  IngestOptions,
  LocationImport,
  LocationInfo,
  RereadOptions,
  ReplayTruth,
  Surroundings,
  TryOptions,
  Workbench,
} from "./workbench.ts";
