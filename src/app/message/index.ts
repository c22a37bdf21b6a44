export { makeComposer } from "./compose-message.ts";
export type { Sight } from "./sight.ts";
