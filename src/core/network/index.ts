export * from "./address.ts";
export * from "./country.ts";
export * from "./locator.ts";
export * from "./internal.ts";
