export { claimOf } from "./claim.ts";
export { ownWords } from "./own-words.ts";
