import type { ExchangeFormat } from "../../app/ports.ts";
import { BundleWriter } from "./bundle.ts";

export { itemStix } from "./items.ts";

/**
 * One STIX 2.1 bundle: a listing is an indicator, any other observation observed data with its observables. What STIX has no property
 * for stands in a property extension of ours; `stix` of the feeds reads it back.
 */
export const stix: ExchangeFormat = { name: "stix", open: () => new BundleWriter() };
