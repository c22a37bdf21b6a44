import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault } from "../../core/fault.ts";

/** The cheap look whether an input file is still the same; its hash is the sure one. */
export interface InputStamp {
  readonly path: string;
  readonly size: number;
  readonly changed: number;
}

/** The stamps of files, in order. Throws `location-table-unreadable`. */
export async function stampFiles(paths: readonly string[]): Promise<InputStamp[]> {
  return await Promise.all(
    paths.map(async (path) => {
      try {
        const { size, mtimeMs } = await stat(path);
        return { path: resolve(path), size, changed: mtimeMs };
      } catch (cause) {
        throw new Fault("location-table-unreadable", `${path} cannot be opened`, { cause });
      }
    }),
  );
}

/** SHA-256 of each file's bytes, hex. */
export async function hashFiles(paths: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const path of paths) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    hashes.push(hash.digest("hex"));
  }
  return hashes;
}
