export * from "./contact.ts";
export * from "./directory.ts";
export * from "./institution.ts";
export * from "./responsibility.ts";
