export { type FileList, listFiles, type Spool } from "./list-files.ts";
