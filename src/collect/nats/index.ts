export { makeNatsCollector, type NatsOptions } from "./collector.ts";
