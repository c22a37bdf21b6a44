export { withPages } from "./format.ts";
