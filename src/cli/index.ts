export { runCli } from "./run-cli.ts";
export type {
  IngestOptions,
  LocationImport,
  LocationInfo,
  ReplayTruth,
  Surroundings,
  Workbench,
} from "./workbench.ts";
