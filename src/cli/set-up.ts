import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import { type FirstConfig, parseConfig, renderConfig } from "../config/index.ts";
import { Fault } from "../core/fault.ts";
import type { Session } from "./session.ts";
import type { LocationImport } from "./workbench.ts";

/** What a data directory is set up with. */
export interface SetUp {
  readonly dataDir: string;
  readonly config: FirstConfig;
  readonly locationTables: readonly string[];
  readonly asnTables: readonly string[];
  /** Write over a configuration that is there. */
  readonly force?: boolean;
}

/** What came of it. */
export interface SetUpResult {
  readonly configFile: string;
  readonly imports: readonly LocationImport[];
}

/**
 * Takes the location tables, then writes the configuration: a data directory that has one is whole. An earlier
 * configuration stays beside the new one as `tocsin.yaml.before`.
 */
export async function setUp(session: Session, plan: SetUp): Promise<SetUpResult> {
  const configFile = configFileOf(session, plan.dataDir);
  const text = renderConfig({
    ...plan.config,
    sectorLists: plan.config.sectorLists.map((path) => shortPath(dirname(configFile), path)),
  });
  parseConfig(text, configFile);
  for (const path of [...plan.locationTables, ...plan.asnTables, ...plan.config.sectorLists])
    await mustExist(path);
  const there = await exists(configFile);
  if (there && !plan.force)
    throw new Fault("output-unwritable", `${configFile} is there already; --force writes it anew`);
  await mkdir(plan.dataDir, { recursive: true });
  const before = `${configFile}.before`;
  if (there) await rename(configFile, before);
  try {
    const imports = await importTables(session, plan);
    await writeWhole(configFile, text);
    return { configFile, imports };
  } catch (thrown) {
    if (there) await rename(before, configFile);
    throw thrown;
  }
}

/** Relative for a neighbour of the data directory, so that both can move together; else absolute. */
export function shortPath(folder: string, path: string): string {
  const short = relative(folder, path);
  return short.startsWith(join("..", "..")) || isAbsolute(short) ? path : short;
}

/** Where the configuration of a data directory stands. */
export function configFileOf(session: Session, dataDir: string): string {
  if (dataDir === session.dataDir && session.configFile !== undefined) return session.configFile;
  return join(dataDir, "tocsin.yaml");
}

/** Whether a path leads to something. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function mustExist(path: string): Promise<void> {
  if (!(await exists(path))) throw new Fault("input-unreadable", `there is no file ${path}`);
}

async function importTables(session: Session, plan: SetUp): Promise<LocationImport[]> {
  if (plan.locationTables.length + plan.asnTables.length === 0) return [];
  const bench = await session.openUnset(plan.dataDir);
  const imports: LocationImport[] = [];
  if (plan.locationTables.length > 0)
    imports.push(...(await bench.importLocation(plan.locationTables, "country")));
  if (plan.asnTables.length > 0)
    imports.push(...(await bench.importLocation(plan.asnTables, "asn")));
  return imports;
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await writeFile(partial, text);
  await rename(partial, path);
}
