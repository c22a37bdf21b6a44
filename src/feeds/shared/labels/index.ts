export * from "./kind-words.ts";
export * from "./misp-categories.ts";
export * from "./sides.ts";
export * from "./tags.ts";
