export { openPostgresCases } from "./open-postgres-cases.ts";
