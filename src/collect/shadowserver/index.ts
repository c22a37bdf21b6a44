export { makeShadowserverCollector, type ShadowserverOptions } from "./collector.ts";
