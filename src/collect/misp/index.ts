export { makeMispCollector, type MispFeedOptions } from "./collector.ts";
