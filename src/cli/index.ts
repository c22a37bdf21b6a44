export { runCli } from "./run-cli.ts";
export type {
  CollectOptions,
  ContactSources,
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
