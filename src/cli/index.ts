export { runCli } from "./run-cli.ts";
export type {
  IngestOptions,
  Language,
  LocationImport,
  LocationInfo,
  ReplayTruth,
  Surroundings,
  Workbench,
} from "./workbench.ts";
