export { makeWordsmith } from "./wordsmith.ts";
