import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { listRows } from "./list-rows.ts";
import { recordRows } from "./record-rows.ts";
import type { Rows } from "./row-parts.ts";

/** Writes a file of so many rows of each format; gives their paths. */
export async function writeRows(
  dir: string,
  count: number,
): Promise<Readonly<Record<string, string>>> {
  const paths: Record<string, string> = {};
  for (const [format, rows] of Object.entries({ ...recordRows, ...listRows })) {
    mkdirSync(join(dir, format));
    await writeFile((paths[format] = join(dir, format, rows.file)), rows, count);
  }
  return paths;
}

async function writeFile(path: string, { head, write }: Rows, count: number): Promise<void> {
  const file = createWriteStream(path);
  if (head !== undefined) file.write(`${head}\n`);
  for (let i = 0; i < count; i++) if (!file.write(`${write(i)}\n`)) await once(file, "drain");
  file.end();
  await once(file, "close");
}
