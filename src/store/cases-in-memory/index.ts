export { openMemoryCases } from "./memory-cases.ts";
