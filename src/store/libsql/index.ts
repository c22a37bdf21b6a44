export { openLibsqlCases } from "./open-libsql-cases.ts";
