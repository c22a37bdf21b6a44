export { makePushCollector } from "./collector.ts";
