export * from "./answers-for.ts";
export * from "./priority.ts";
export * from "./route-types.ts";
export * from "./rules.ts";
export * from "./caps.ts";
export * from "./inhibited.ts";
export * from "./route.ts";
export { writableContacts } from "./consider.ts";
