export { type DirectoryOptions, makeDirectoryCollector } from "./collector.ts";
export { stirIn } from "./stir.ts";
