export { type DirectoryOptions, makeDirectoryCollector } from "./collector.ts";
