/** Location tables of a data directory: `location/country/*` and `location/asn/*`, copied there by `location import`. */
import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { LocationImport } from "../cli/index.ts";
import type { Config } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import {
  buildLocation,
  type LocationOptions,
  type LocationTable,
} from "../enrich/location/index.ts";
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
    .sort()
    .map((name) => join(dir, name));
}

/**
 * Reads the tables, and only if each gives ranges makes them the ones in use, in place of those imported before. `auto` tells
 * by what they hold.
 */
export async function importTables(
  dataDir: string,
  files: readonly string[],
  asked: TableKind | "auto",
): Promise<LocationImport[]> {
  const scratch = join(dataDir, "cache", "import");
  await mkdir(scratch, { recursive: true });
  try {
    const table = await tryTables(files, asked, scratch);
    const kind = asked === "auto" ? kindOf(table) : asked;
    const sources = table.sources.filter((source) =>
      files.some((file) => basename(file) === source.file),
    );
    for (const source of sources)
      if (source.countryRanges + source.asnRanges === 0)
        throw new Fault(
          "location-table-unreadable",
          `${source.file}: no line gives a range; ${source.refused} lines were refused`,
        );
    await putInPlace(dataDir, files, kind);
    return sources.map((source) => ({
      name: source.file,
      date: source.date,
      taken: source.countryRanges + source.asnRanges,
      refused: source.refused,
      samples: source.samples.map(
        ({ line, reason, text }) => `${source.file}:${line}: ${reason}: ${text}`,
      ),
    }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function tryTables(
  files: readonly string[],
  asked: TableKind | "auto",
  cacheDir: string,
): Promise<LocationTable> {
  const countryFiles = asked === "asn" ? [] : files;
  const asnFiles = asked === "asn" ? files : [];
  return buildLocation({ countryFiles, asnFiles, allowReserved: [], cacheDir });
}

function kindOf(table: LocationTable): TableKind {
  const own = table.sources.filter((source) => source.countryRanges > 0);
  return own.length > 0 ? "country" : "asn";
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
  for (const file of files) await copyFile(file, join(fresh, basename(file)));
  await rm(dir, { recursive: true, force: true });
  await rename(fresh, dir);
}
