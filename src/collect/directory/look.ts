import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { Fault } from "../../core/fault.ts";
import { fits } from "../shared/name-pattern.ts";

/** A file as a look at the directory found it. */
export interface SeenFile {
  /** Below the directory, with `/`. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What programs call a file that they have not finished. */
const UNFINISHED = /\.(part|partial|tmp|temp|filepart|crdownload|download|swp)$|~$/i;

/** The files of a directory that may be finished, oldest first. Hidden and empty ones, and links that lead out, are left out. */
export async function look(
  dir: string,
  patterns: readonly string[],
  recursive: boolean,
): Promise<SeenFile[]> {
  const root = await realpath(dir).catch((cause: unknown) => {
    throw new Fault("input-unreadable", `the directory ${dir} cannot be read`, { cause });
  });
  const found: SeenFile[] = [];
  for (const path of await filesBelow(root, recursive)) {
    const name = relative(root, path).split(sep).join("/");
    if (!wanted(name, patterns)) continue;
    const file = await seen(root, name, path);
    if (file) found.push(file);
  }
  return found.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
}

async function filesBelow(dir: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: unknown): Dirent[] => {
    throw new Fault("input-unreadable", `the directory ${dir} cannot be read`, { cause });
  });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".") || UNFINISHED.test(entry.name)) continue;
    const path = join(dir, entry.name);
    if (entry.isFile() || entry.isSymbolicLink()) found.push(path);
    else if (entry.isDirectory() && recursive) found.push(...(await filesBelow(path, true)));
  }
  return found;
}

function wanted(name: string, patterns: readonly string[]): boolean {
  const last = name.split("/").at(-1)!;
  return patterns.some((pattern) => fits(pattern.includes("/") ? name : last, pattern));
}

/** A file that is there and lies, with all links followed, below the root. */
async function seen(root: string, name: string, path: string): Promise<SeenFile | undefined> {
  // Whoever put it there may take it away between two looks.
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !real.startsWith(root.endsWith(sep) ? root : root + sep))
    return undefined;
  const found = await stat(real).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return undefined;
  return { name, path: real, size: found.size, mtimeMs: found.mtimeMs };
}
