import { join } from "node:path";
import { markCodes } from "../../core/observation/index.ts";
import { type CachedTable, loadTable, saveTable } from "./cache-file.ts";
import { Imported, type ImportSummary } from "./import/imported.ts";
import { importTable } from "./import/import-table.ts";
import { hashFiles, type InputStamp, stampFiles } from "./inputs.ts";
import { cidrRanges, specialPurposeRanges } from "./marks/special-purpose.ts";
import { warningListFiles, warningListRanges } from "./marks/warning-lists.ts";
import { packLocation } from "./pack.ts";
import { type StarterTable, starterTable } from "./starter.ts";
import type { PackedTable } from "./table.ts";

/** What a location table is made of. */
export interface LocationOptions {
  /** Tables that say countries (and may say AS numbers); none: the starter table. */
  readonly countryFiles: readonly string[];
  /** Tables that say AS numbers; none: the starter table. Where a country file says one, it is believed first. */
  readonly asnFiles: readonly string[];
  /** CIDRs of reserved space that is in use after all. */
  readonly allowReserved: readonly string[];
  /** CIDRs that the operator sets aside. */
  readonly operatorList?: readonly string[];
  /** Where the packed table is kept. */
  readonly cacheDir: string;
  /** Of RIR statistics, take only records dated to this day, `YYYYMMDD`. */
  readonly until?: string;
}

/** What a location table says of itself; plain data. */
export interface LocationDescription {
  /** Of the country table: what is stamped on each batch. */
  readonly name: string;
  /** Of the oldest country file, `YYYY-MM-DD`. */
  readonly date: string;
  /** Whether the country table is the one that came with the program. */
  readonly starter: boolean;
  readonly asnName: string;
  readonly asnDate: string;
  /** Disjoint ranges after packing, and distinct places (country, AS, mark). */
  readonly ranges4: number;
  readonly ranges6: number;
  readonly places: number;
  readonly sources: readonly ImportSummary[];
}

/** A location table for `openLocator`, here or in a worker thread: it survives structured clone, and its body is shared. */
export interface LocationTable extends PackedTable, LocationDescription {
  /** Whether it came from the cache. */
  readonly cached: boolean;
  /** Why it could not be kept for the next start. */
  readonly cacheFault?: string;
}

/** What the cache file remembers to know whether it is still the right one. */
interface CacheEntry {
  readonly location: LocationDescription;
  readonly settings: string;
  readonly stamps: readonly InputStamp[];
  readonly hashes: readonly string[];
}

/**
 * The location table for these options: from the cache if nothing changed, else imported, packed, and cached. Throws
 * `location-table-unreadable`, and `config-invalid` for a CIDR that is none.
 */
export async function buildLocation(options: LocationOptions): Promise<LocationTable> {
  const inputs = chooseInputs(options);
  const paths = [...inputs.countryPaths, ...inputs.asnPaths, ...warningListFiles()];
  const stamps = await stampFiles(paths);
  const settings = JSON.stringify([
    inputs.countryPaths.length,
    inputs.asnPaths.length,
    options.allowReserved,
    options.operatorList ?? [],
    options.until ?? "",
  ]);
  const cacheFile = join(options.cacheDir, "location-table.bin");
  const cached = await loadTable<CacheEntry>(cacheFile);
  if (cached !== undefined && cached.description.settings === settings) {
    const { location, stamps: before, hashes } = cached.description;
    if (sameStamps(before, stamps) || sameTexts(hashes, await hashFiles(paths)))
      return { ...location, ...cached.table, cached: true };
  }
  const hashes = await hashFiles(paths);
  const { location, table } = await makeTable(options, inputs);
  const description = { location, settings, stamps, hashes };
  const cacheFault = await trySaving(cacheFile, { table, description });
  return { ...location, ...table, cached: false, ...cacheFault };
}

/** A cache that cannot be written costs the next start some seconds, and nothing else. */
async function trySaving(
  path: string,
  entry: CachedTable<CacheEntry>,
): Promise<Pick<LocationTable, "cacheFault">> {
  try {
    await saveTable(path, entry);
    return {};
  } catch (cause) {
    return { cacheFault: cause instanceof Error ? cause.message : String(cause) };
  }
}

interface Inputs {
  readonly countryPaths: readonly string[];
  readonly asnPaths: readonly string[];
  /** Undefined where the operator's own files are used. */
  readonly countryStarter: StarterTable | undefined;
  readonly asnStarter: StarterTable | undefined;
}

function chooseInputs({ countryFiles, asnFiles }: LocationOptions): Inputs {
  const countryStarter = countryFiles.length === 0 ? starterTable("country") : undefined;
  const asnStarter = asnFiles.length === 0 ? starterTable("asn") : undefined;
  return {
    countryStarter,
    asnStarter,
    countryPaths: countryStarter?.files ?? countryFiles,
    asnPaths: asnStarter?.files ?? asnFiles,
  };
}

async function makeTable(
  options: LocationOptions,
  inputs: Inputs,
): Promise<{ location: LocationDescription; table: PackedTable }> {
  const allowReserved = cidrRanges(options.allowReserved, 1);
  const operatorList = cidrRanges(options.operatorList ?? [], markCodes.operatorList);
  const limits = options.until === undefined ? {} : { until: options.until };
  const countries = new Imported();
  const countrySources: ImportSummary[] = [];
  for (const path of inputs.countryPaths)
    countrySources.push(await importTable(path, "countryRanges", countries, limits));
  const asns = new Imported();
  const asnSources: ImportSummary[] = [];
  for (const path of inputs.asnPaths) asnSources.push(await importTable(path, "asnRanges", asns));
  const table = packLocation({
    countries: [countries.countries],
    asns: [countries.asns, asns.asns],
    reserved: specialPurposeRanges(),
    allowReserved,
    marks: [operatorList, ...(await warningListRanges())],
  });
  const country = inputs.countryStarter ?? ownTable(countrySources);
  const asn = inputs.asnStarter ?? ownTable(asnSources);
  const location = {
    name: country.name,
    date: country.date,
    starter: inputs.countryStarter !== undefined,
    asnName: asn.name,
    asnDate: asn.date,
    ranges4: table.sections.fourPlaces.length,
    ranges6: table.sections.sixPlaces.length,
    places: table.sections.countries.length,
    sources: [
      ...datedBy(inputs.countryStarter, countrySources),
      ...datedBy(inputs.asnStarter, asnSources),
    ],
  };
  return { location, table };
}

/** A starter's files carry the day of their installation; its version says the real one. */
function datedBy(starter: StarterTable | undefined, sources: ImportSummary[]): ImportSummary[] {
  return starter ? sources.map((source) => ({ ...source, date: starter.date })) : sources;
}

/** Name and date of the operator's own files together: a table is as old as its oldest part. */
function ownTable(sources: readonly ImportSummary[]): { name: string; date: string } {
  const dates = sources.map(({ date }) => date).sort();
  return { name: sources.map(({ file }) => file).join(" + "), date: dates[0] ?? "" };
}

function sameStamps(before: readonly InputStamp[], now: readonly InputStamp[]): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

function sameTexts(before: readonly string[], now: readonly string[]): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}
