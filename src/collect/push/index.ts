export { makePushCollector } from "./collector.ts";
export type { PushOptions } from "./options.ts";
