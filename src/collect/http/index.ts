export { makeHttpCollector } from "./collector.ts";
