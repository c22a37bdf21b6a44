/** Location tables of a data directory: `location/country/*` and `location/asn/*`, copied there by `location import`. */
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import type { LocationImport } from "../cli/index.ts";
import type { Config } from "../config/index.ts";
import { inspectTable, type LocationOptions } from "../enrich/location/index.ts";
import { readNetworkLists } from "./network-lists.ts";

/** Which addresses a table tells about. */
export type TableKind = "country" | "asn";

/** What the location table of a data directory is made of: the configuration's tables, else the imported ones, else the starter. */
export async function locationOptions(dataDir: string, config: Config): Promise<LocationOptions> {
  const { countryTables, asnTables } = config.location;
  return {
    countryFiles: countryTables.length > 0 ? countryTables : await imported(dataDir, "country"),
    asnFiles: asnTables.length > 0 ? asnTables : await imported(dataDir, "asn"),
    allowReserved: config.allowReserved,
    operatorList: await readNetworkLists(config.warningLists),
    cacheDir: join(dataDir, "cache"),
  };
}

async function imported(dataDir: string, kind: TableKind): Promise<string[]> {
  const dir = join(dataDir, "location", kind);
  const names = await readdir(dir).catch(() => []);
  return names
    .filter((name) => !name.startsWith("."))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => join(dir, name));
}

/**
 * Looks at the tables, and only if each gives ranges makes them the ones in use, in place of those of their kind that were
 * imported before. `auto` tells the kind by what a table holds.
 */
export async function importTables(
  dataDir: string,
  files: readonly string[],
  asked: TableKind | "auto",
): Promise<LocationImport[]> {
  const byKind: Record<TableKind, string[]> = { country: [], asn: [] };
  const imports: LocationImport[] = [];
  for (const file of files) {
    const found = await inspectTable(file, asked);
    const kind = asked === "auto" ? (found.countryRanges > 0 ? "country" : "asn") : asked;
    byKind[kind].push(file);
    imports.push({
      name: found.file,
      date: found.date,
      taken: found.countryRanges + found.asnRanges,
      refused: found.refused,
      samples: found.samples.map(
        ({ line, reason, text }) => `${found.file}:${line}: ${reason}: ${text}`,
      ),
    });
  }
  for (const kind of ["country", "asn"] as const)
    if (byKind[kind].length > 0) await putInPlace(dataDir, byKind[kind], kind);
  return imports;
}

async function putInPlace(
  dataDir: string,
  files: readonly string[],
  kind: TableKind,
): Promise<void> {
  const dir = join(dataDir, "location", kind);
  const fresh = `${dir}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const file of files) {
    const copy = join(fresh, basename(file));
    await copyFile(file, copy);
    // A table that does not say its day is as old as its file.
    const { atime, mtime } = await stat(file);
    await utimes(copy, atime, mtime);
  }
  await rm(dir, { recursive: true, force: true });
  await rename(fresh, dir);
}
