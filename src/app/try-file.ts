import { Fault } from "../core/fault.ts";
import {
  type ObservationColumns,
  type PlainObservation,
  plainObservations,
  rawText,
  type SkipCounts,
  type SkipReason,
  countSkips,
  skipReasons,
  sumSkips,
} from "../core/observation/index.ts";
import { describeHead } from "./describe-head.ts";
import { defaultFeed, rowsIn } from "./ingest.ts";
import {
  type InputFile,
  type ParsePool,
  type Reading,
  type ReportedFact,
  reportedFacts,
  type Sample,
} from "./ports.ts";

/** What a look at a file works with. */
export interface TryTools {
  readonly pool: ParsePool;
  /** The formats that are tried, by name. */
  readonly formats: readonly string[];
  /** How the file is to be read; `undefined` if no format takes it. */
  recognise(sample: Sample): Reading | undefined;
  /** The members of a row's `extra` in which the feed's own facts stand. */
  reported(
    reading: Reading,
    extra: Readonly<Record<string, string>>,
  ): Readonly<Partial<Record<ReportedFact, string>>>;
}

/** One observation as it would be stored, with the feed's own word of where a side is, if it has one, before the table's. */
export interface TriedObservation extends Omit<PlainObservation, "line" | "extra"> {
  /** Whose word the fact is; a fact that nobody knows is absent. */
  readonly locatedBy: Readonly<Partial<Record<ReportedFact, "feed" | "table">>>;
  readonly extra: Readonly<Record<string, string>>;
}

/** What would become of a row: one of the three. */
export interface TriedRow {
  readonly line: number;
  readonly observation?: TriedObservation;
  readonly refused?: { readonly reason: string; readonly raw: string };
  readonly skipped?: { readonly reason: SkipReason };
}

/** How a file would be read. */
export interface TriedFile {
  readonly path: string;
  /** The name that the feed would have. */
  readonly feed: string;
  readonly format: string;
  readonly type: string;
  readonly mapping: string;
  /** TLP of rows that say nothing else; `""` where no format takes the file. */
  readonly tlp: string;
  readonly notes: readonly string[];
  /** The first rows, in the order of the file. */
  readonly rows: readonly TriedRow[];
  /** Of all that was read: lines, rows, and how many of the rows would be kept, refused and skipped, and why skipped. */
  readonly read: {
    readonly lines: number;
    readonly rows: number;
    readonly kept: number;
    readonly refused: number;
    readonly skipped: number;
    readonly skips: SkipCounts;
  };
  /** Whether the file goes on behind what was read. */
  readonly goesOn: boolean;
  /** Why the file cannot be read, for people. */
  readonly problem?: string;
}

/** Reads a file as ingest would, and stores nothing: its first `limit` rows, and what became of all in the blocks they lie in. */
export async function tryFile(tools: TryTools, file: InputFile, limit: number): Promise<TriedFile> {
  try {
    const sample = await file.sample();
    const reading = tools.recognise(sample);
    return reading
      ? await readFile(tools, file, reading, limit)
      : { ...untried(file), problem: notTaken(tools.formats, sample) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...untried(file), problem: error.message };
  }
}

function untried({ path }: InputFile): TriedFile {
  const nothing = { feed: "", format: "", type: "", mapping: "", tlp: "" };
  const read = { lines: 0, rows: 0, kept: 0, refused: 0, skipped: 0, skips: {} };
  return { path, ...nothing, notes: [], rows: [], read, goesOn: false };
}

function notTaken(formats: readonly string[], { head }: Sample): string {
  return `no format takes this file; tried: ${formats.join(", ")}. ${describeHead(head)}`;
}

async function readFile(
  tools: TryTools,
  file: InputFile,
  reading: Reading,
  limit: number,
): Promise<TriedFile> {
  const rows: TriedRow[] = [];
  const counts = { rows: 0, kept: 0, refused: 0, skipped: 0 };
  let skips: SkipCounts = {};
  let { lines } = reading.skip;
  let goesOn = false;
  for await (const { bytes } of file.blocks(reading.skip.bytes, reading.whole)) {
    goesOn = rows.length >= limit;
    if (goesOn) break;
    const columns = await tools.pool.parse(reading, bytes);
    rows.push(...rowsOf(tools, reading, columns, lines).slice(0, limit - rows.length));
    lines += columns.lines;
    counts.rows += rowsIn(columns);
    counts.kept += columns.rows;
    counts.refused += columns.refusals.count;
    counts.skipped += columns.skips.count;
    skips = sumSkips(skips, countSkips(columns.skips));
    tools.pool.release(columns);
  }
  const { format, type, mapping, tlp, notes } = reading;
  const feed = defaultFeed(reading);
  const read = { lines, ...counts, skips };
  return { path: file.path, feed, format, type, mapping, tlp, notes, rows, read, goesOn };
}

function rowsOf(
  tools: TryTools,
  reading: Reading,
  columns: ObservationColumns,
  linesBefore: number,
): TriedRow[] {
  const taken = plainObservations(columns).map(({ line, extra, ...plain }): TriedRow => {
    const members = (extra === "" ? {} : JSON.parse(extra)) as Record<string, string>;
    const { facts, locatedBy } = locate(plain, members, tools.reported(reading, members));
    const observation = { ...plain, ...facts, locatedBy, extra: members };
    return { line: linesBefore + line, observation };
  });
  const { lines, reasons } = columns.refusals;
  const refused = reasons.map((reason, i): TriedRow => {
    return {
      line: linesBefore + lines[i]!,
      refused: { reason, raw: rawText(columns.refusals, i) },
    };
  });
  const skipped = Array.from({ length: columns.skips.count }, (_, i): TriedRow => {
    const reason = skipReasons[columns.skips.reasons[i]!]!;
    return { line: linesBefore + columns.skips.lines[i]!, skipped: { reason } };
  });
  return [...taken, ...refused, ...skipped].sort((a, b) => a.line - b.line);
}

type Whereabouts = Pick<PlainObservation, ReportedFact>;

/** The feed's own word of where the sides are, where it has one, else the table's. */
function locate(
  plain: Whereabouts,
  extra: Readonly<Record<string, string>>,
  members: Readonly<Partial<Record<ReportedFact, string>>>,
): { facts: Partial<Whereabouts>; locatedBy: TriedObservation["locatedBy"] } {
  const facts: { -readonly [fact in ReportedFact]?: string | number } = {};
  const locatedBy: Partial<Record<ReportedFact, "feed" | "table">> = {};
  for (const fact of reportedFacts) {
    const member = members[fact];
    const said = read(fact, member === undefined ? undefined : extra[member]);
    if (said !== undefined) facts[fact] = said;
    if (said !== undefined) locatedBy[fact] = "feed";
    else if (plain[fact] !== "" && plain[fact] !== 0) locatedBy[fact] = "table";
  }
  return { facts: facts as Partial<Whereabouts>, locatedBy };
}

/** `AS64496` and `64496` are a number, `no` is the country NO; what is neither says nothing. */
function read(fact: ReportedFact, text: string | undefined): string | number | undefined {
  if (text === undefined) return undefined;
  if (fact === "victimCountry" || fact === "originCountry")
    return /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : undefined;
  const number = /^(?:AS)?\s*(\d{1,10})$/i.exec(text)?.[1];
  return number === undefined || Number(number) === 0 ? undefined : Number(number);
}
