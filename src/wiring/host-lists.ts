/**
 * Host lists of a data directory: files in `hosts/`, copied there by ingest, and those of the configuration, which win.
 * A list says which sector a host belongs to.
 */
import { copyFile, mkdir, open, readdir, readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { InputFile } from "../app/ports.ts";
import type { Config } from "../config/index.ts";
import {
  buildHosts,
  type HostDirectory,
  type HostEntry,
  readHostList,
} from "../enrich/sector/index.ts";

const HEADER_BYTES = 4 << 10;

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** The host directory of a data directory. */
export async function openHostLists(dataDir: string, config: Config): Promise<HostDirectory> {
  const dir = join(dataDir, "hosts");
  const names = await readdir(dir).catch(() => []);
  const paths = [...names.toSorted(byName).map((name) => join(dir, name)), ...config.sectorLists];
  const operatorHosts: HostEntry[] = [];
  for (const path of paths) operatorHosts.push(...(await readHostList(path)).hosts);
  return buildHosts({ operatorHosts });
}

/** A host list that was found among the files to ingest. */
export interface FoundHostList {
  readonly path: string;
  readonly hosts: number;
  readonly refused: number;
}

/**
 * Takes host lists into the data directory before the observations are read: files named by the operator whose header has the
 * columns `host` and `sector`, and a `sites.csv` that lies beside a file to be ingested. Gives the lists, and the files left.
 * Without a data directory (a dry run) nothing is kept.
 */
export async function takeHostLists(
  dataDir: string | undefined,
  files: readonly InputFile[],
): Promise<{ lists: FoundHostList[]; rest: InputFile[] }> {
  const paths = new Set<string>();
  const rest: InputFile[] = [];
  for (const file of files) {
    if (await isHostList(file.path)) paths.add(file.path);
    else {
      rest.push(file);
      const beside = join(dirname(file.path), "sites.csv");
      if (await isHostList(beside)) paths.add(beside);
    }
  }
  const lists: FoundHostList[] = [];
  for (const path of paths) {
    const { hosts, refused } = await readHostList(path);
    lists.push({ path, hosts: hosts.length, refused });
    if (dataDir !== undefined) await keep(dataDir, path);
  }
  return { lists, rest };
}

async function isHostList(path: string): Promise<boolean> {
  if (!path.endsWith(".csv")) return false;
  const header = (await beginning(path))
    .split(/\r\n|\r|\n/, 1)[0]!
    .toLowerCase()
    .split(",")
    .map((cell) => cell.trim());
  return header.includes("host") && header.includes("sector") && !header.includes("origin_ip");
}

/** Enough of a file to hold its header; nothing of one that cannot be read, which is reported where it is ingested. */
async function beginning(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (!file) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Under a name made of the content, so that the same list is kept once. */
async function keep(dataDir: string, path: string): Promise<void> {
  const dir = join(dataDir, "hosts");
  await mkdir(dir, { recursive: true });
  const digest = createHash("sha256")
    .update(await readFile(path))
    .digest("hex")
    .slice(0, 12);
  await copyFile(path, join(dir, `${digest}-${basename(path)}`));
}
