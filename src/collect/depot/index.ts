export { type DepotOptions, openDepot, readStanding } from "./depot.ts";
