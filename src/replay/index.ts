export { writeReplay } from "./write-replay.ts";
export type { Truth } from "./truth.ts";
