import { writeFile } from "node:fs/promises";
import type { ObservationFilter } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { tlpCode } from "../../core/marking/index.ts";
import { csvHeader, csvLine, jsonLine } from "../shared/record-text.ts";
import { within } from "./count-situation.ts";
import type { StoredObservation } from "./observation.ts";
import { readSubject } from "./subject.ts";

/** Writes the rows that a filter lets through, in the order of storing, one record a row. */
export async function exportRows(
  rows: readonly StoredObservation[],
  path: string,
  format: "csv" | "jsonl" | "parquet",
  filter: ObservationFilter,
): Promise<{ written: number; withheld: number }> {
  if (format === "parquet")
    throw new Fault("format-unknown", "the store in memory writes csv and jsonl only");
  const found = rowsFor(rows, filter);
  const open = found.filter((row) => row.facet.tlp <= tlpCode(filter.maxTlp));
  const records = open.map((row) => row.record);
  try {
    const lines = format === "csv" ? [csvHeader, ...records.map(csvLine)] : records.map(jsonLine);
    await writeFile(path, lines.join(""));
  } catch (cause) {
    throw new Fault("output-unwritable", `${path} cannot be written`, { cause });
  }
  return { written: open.length, withheld: found.length - open.length };
}

function rowsFor(
  all: readonly StoredObservation[],
  { period, feed, kind, victim, origin }: ObservationFilter,
): StoredObservation[] {
  const [victimAsked, originAsked] = [victim, origin].map((asked) =>
    asked === undefined ? undefined : readSubject(asked),
  );
  return (period ? within(all, period) : all).filter(
    (row) =>
      (feed === undefined || row.record.feed === feed) &&
      (kind === undefined || row.kind === kind) &&
      (victimAsked?.is(row, "victim") ?? true) &&
      (originAsked?.is(row, "origin") ?? true),
  );
}
