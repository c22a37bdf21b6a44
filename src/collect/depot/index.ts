export { openDepot, readStanding } from "./depot.ts";
