export { parseRules } from "./parse-rules.ts";
