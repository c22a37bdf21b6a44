import { domainToASCII } from "node:url";
import { Fault } from "../../core/fault.ts";
import { packCountry } from "../../core/network/index.ts";
import { CsvCells } from "../shared/csv-cells.ts";
import { readLines } from "../shared/read-lines.ts";
import type { HostEntry } from "./hosts.ts";
import { sectorName } from "./sectors.ts";

/** Why a line of a host list was not taken. */
export type HostListFault =
  | "columns-missing"
  | "host-malformed"
  | "sector-malformed"
  | "country-malformed";

/** A host list that was read. */
export interface HostList {
  readonly hosts: readonly HostEntry[];
  readonly refused: number;
  /** The first refused lines. */
  readonly samples: readonly { line: number; reason: HostListFault; text: string }[];
}

/** How many refused lines are shown, and how much of each. */
const SAMPLES = 5;
const SAMPLE_LENGTH = 200;

interface Columns {
  readonly host: number;
  readonly sector: number;
  readonly country: number;
}

/**
 * Reads an operator's list of hosts: CSV `host,sector[,country]`, or any CSV whose header has the columns `host` and
 * `sector` (and `country`). `#` begins a comment line. Throws `input-unreadable` if the file cannot be read.
 */
export async function readHostList(path: string): Promise<HostList> {
  const hosts: HostEntry[] = [];
  const samples: HostList["samples"][number][] = [];
  let refused = 0;
  const cells = new CsvCells(64);
  let columns: Columns | undefined;
  const take = (bytes: Buffer, from: number, to: number, line: number): void => {
    if (from === to || bytes[from] === 35) return;
    cells.split(bytes, from, to);
    const texts = Array.from({ length: cells.count }, (_, cell) => cells.text(bytes, cell));
    if (columns === undefined) {
      const header = columnsOfHeader(texts);
      columns = header ?? { host: 0, sector: 1, country: 2 };
      if (header !== undefined) return;
    }
    const entry = readEntry(texts, columns);
    if (typeof entry !== "string") {
      hosts.push(entry);
      return;
    }
    refused++;
    const text = bytes.toString("utf8", from, Math.min(to, from + SAMPLE_LENGTH));
    if (samples.length < SAMPLES) samples.push({ line, reason: entry, text });
  };
  try {
    await readLines(path, take);
  } catch (cause) {
    throw new Fault("input-unreadable", `the host list ${path} cannot be read`, { cause });
  }
  return { hosts, refused, samples };
}

function columnsOfHeader(texts: readonly string[]): Columns | undefined {
  const names = texts.map((text) => text.toLowerCase());
  const host = names.indexOf("host");
  const sector = names.indexOf("sector");
  return host < 0 || sector < 0 ? undefined : { host, sector, country: names.indexOf("country") };
}

function readEntry(texts: readonly string[], columns: Columns): HostEntry | HostListFault {
  const word = texts[columns.sector];
  const name = texts[columns.host];
  if (word === undefined || name === undefined) return "columns-missing";
  const host = domainToASCII(
    name
      .toLowerCase()
      .replace(/^\*?\./, "")
      .replace(/\.$/, ""),
  );
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host)) return "host-malformed";
  const sector = sectorName(word);
  if (sector === undefined) return "sector-malformed";
  const iso2 = texts[columns.country] ?? "";
  const country = packCountry(iso2);
  return country === 0 && iso2 !== "" ? "country-malformed" : { host, sector, country };
}
