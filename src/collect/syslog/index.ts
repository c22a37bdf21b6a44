export { makeSyslogCollector } from "./collector.ts";
export type { SyslogOptions } from "./options.ts";
