export { makeMispCollector } from "./collector.ts";
