export { runCli } from "./run-cli.ts";
export type {
  AssetPlace,
  CollectOptions,
  ContactSources,
  DaemonEvent,
  Rehearsal,
  RehearsalPlan,
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
