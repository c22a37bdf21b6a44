import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Fault } from "../../../core/fault.ts";
import { openUnpacked, readLines } from "../../shared/read-lines.ts";
import { csvRanges } from "./csv-ranges.ts";
import {
  Imported,
  type ImportSummary,
  type LineVerdict,
  type ReadTableLine,
  type RefusedLine,
  type TableFormat,
} from "./imported.ts";
import { readMmdb } from "./mmdb.ts";
import { prefixAsn } from "./prefix-asn.ts";
import { rirDelegated } from "./rir-delegated.ts";

/** How many refused lines a summary shows, and how much of each. */
const SAMPLES = 5;
const SAMPLE_LENGTH = 200;

/** What a table must say to be of use. */
type Wanted = "countryRanges" | "asnRanges" | "either";

/** Limits to what is taken. */
export interface ImportOptions {
  /** Of RIR statistics, only records dated to this day, `YYYYMMDD`. */
  readonly until?: string;
}

/**
 * Reads a location table of any known format, told by its content, into `into`. Throws `location-table-unreadable`, also
 * if the table says nothing of what is wanted of it.
 */
export async function importTable(
  path: string,
  wanted: Wanted,
  into: Imported,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  try {
    into.date = "";
    const before = { countries: into.countries.count, asns: into.asns.count };
    const read = (await looksBinary(path))
      ? await importMmdb(path, into)
      : await importLines(path, into, options);
    const summary: ImportSummary = {
      file: basename(path),
      ...read,
      countryRanges: into.countries.count - before.countries,
      asnRanges: into.asns.count - before.asns,
      date: into.date || (await stat(path)).mtime.toISOString().slice(0, 10),
    };
    return demandRanges(path, wanted, summary);
  } catch (cause) {
    if (cause instanceof Fault && cause.message.startsWith(path)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("location-table-unreadable", `${path}: ${why}`, { cause });
  }
}

/** What a table would give, without taking it; `auto` is content with either. Throws as `importTable` does. */
export async function inspectTable(
  path: string,
  says: "country" | "asn" | "auto",
): Promise<ImportSummary> {
  const wanted = { country: "countryRanges", asn: "asnRanges", auto: "either" } as const;
  return await importTable(path, wanted[says], new Imported());
}

function demandRanges(path: string, wanted: Wanted, summary: ImportSummary): ImportSummary {
  const { countryRanges, asnRanges } = summary;
  const found = { countryRanges, asnRanges, either: countryRanges + asnRanges };
  if (found[wanted] > 0) return summary;
  const what = {
    countryRanges: "a country",
    asnRanges: "an AS number",
    either: "a country or an AS number",
  };
  const sample = summary.samples[0];
  const hint = sample === undefined ? "" : `; line ${sample.line}: ${sample.reason}`;
  throw new Fault(
    "location-table-unreadable",
    `${path} holds no address range with ${what[wanted]}${hint}`,
  );
}

type Counts = Pick<ImportSummary, "format" | "skipped" | "refused" | "samples">;

/** A text table has no NUL byte; the tree of a MaxMind DB is full of them. */
async function looksBinary(path: string): Promise<boolean> {
  for await (const chunk of (await openUnpacked(path)) as AsyncIterable<Buffer>)
    return chunk.subarray(0, 65536).includes(0);
  return false;
}

async function importMmdb(path: string, into: Imported): Promise<Counts> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await openUnpacked(path)) as AsyncIterable<Buffer>) chunks.push(chunk);
  const counts = readMmdb(Buffer.concat(chunks), into);
  return { format: "mmdb", skipped: counts.silent, refused: 0, samples: [] };
}

async function importLines(path: string, into: Imported, options: ImportOptions): Promise<Counts> {
  let format: TableFormat | undefined;
  let read: ReadTableLine = csvRanges(into);
  let skipped = 0;
  let refused = 0;
  const samples: RefusedLine[] = [];
  await readLines(path, (bytes, from, to, line) => {
    if (format === undefined) {
      if (isComment(bytes, from, to)) {
        skipped++;
        return;
      }
      format = formatOfLine(bytes.toString("latin1", from, to));
      read = readerOf(format, into, options);
    }
    const verdict: LineVerdict = read(bytes, from, to);
    if (verdict === "taken") return;
    if (verdict === "skipped") {
      skipped++;
      return;
    }
    refused++;
    if (samples.length < SAMPLES)
      samples.push({
        line,
        reason: verdict,
        text: bytes.toString("utf8", from, Math.min(to, from + SAMPLE_LENGTH)),
      });
  });
  return { format: format ?? "csv-ranges", skipped, refused, samples };
}

function isComment(bytes: Buffer, from: number, to: number): boolean {
  return from === to || bytes[from] === 35 || bytes[from] === 59;
}

function formatOfLine(line: string): TableFormat {
  if (line.includes("|")) return "rir-delegated";
  return /^[0-9a-f.:]+(\/\d+)?[\t ]+[\d{]/i.test(line) ? "prefix-asn" : "csv-ranges";
}

function readerOf(format: TableFormat, into: Imported, options: ImportOptions): ReadTableLine {
  if (format === "rir-delegated") return rirDelegated(into, options.until);
  return format === "prefix-asn" ? prefixAsn(into) : csvRanges(into);
}
