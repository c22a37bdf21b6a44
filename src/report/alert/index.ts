export type { Team } from "./team.ts";
export { makeWordsmith } from "./wordsmith.ts";
