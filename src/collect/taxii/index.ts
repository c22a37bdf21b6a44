export { makeTaxiiCollector, type TaxiiOptions } from "./collector.ts";
