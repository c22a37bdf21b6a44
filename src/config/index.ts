export { addFeed } from "./add-feed.ts";
export { Config, unsetConfig } from "./config.ts";
export { isCountry } from "./countries.ts";
export type { Feed } from "./feed.ts";
export type { Auth, From, FromWay, HttpSettings } from "./from/index.ts";
export { parseConfig } from "./parse-config.ts";
export { type FirstConfig, renderConfig } from "./render-config.ts";
export { isFeedName } from "./values.ts";
export * from "./alerting.ts";
