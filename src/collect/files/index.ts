export { type FileList, listFiles } from "./list-files.ts";
