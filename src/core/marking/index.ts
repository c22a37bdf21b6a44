export * from "./tlp.ts";
