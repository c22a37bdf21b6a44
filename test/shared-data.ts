import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Beside the repository, or beside the folder of its work trees. */
const folders = ["../../shared/data/", "../../../shared/data/"].map(
  (path) => new URL(path, import.meta.url),
);

/**
 * The path of a file in the data folder that may lie beside the repository, or undefined when it is
 * not there. Tests that need it say `describe.skipIf(!path)`: its absence is never a failure.
 */
export function sharedData(path: string): string | undefined {
  return folders
    .map((folder) => fileURLToPath(new URL(path, folder)))
    .find((file) => existsSync(file));
}
