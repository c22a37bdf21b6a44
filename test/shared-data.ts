import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../shared/data/", import.meta.url);

/**
 * The path of a file in the data folder that may lie beside the repository, or undefined when it is
 * not there. Tests that need it say `describe.skipIf(!path)`: its absence is never a failure.
 */
export function sharedData(path: string): string | undefined {
  const found = fileURLToPath(new URL(path, folder));
  return existsSync(found) ? found : undefined;
}
