export { type HttpFeedOptions, makeHttpCollector } from "./collector.ts";
