export { openWorkbench } from "./open-workbench.ts";
