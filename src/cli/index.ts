export { runCli } from "./run-cli.ts";
export type {
  IngestOptions,
  LocationImport,
  LocationInfo,
  ReplayTruth,
  Surroundings,
  TryOptions,
  Workbench,
} from "./workbench.ts";
