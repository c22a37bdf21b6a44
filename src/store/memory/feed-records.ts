import type { JournalEntry } from "../../app/ports.ts";
import type { FeedDay, FeedRecord, FileSpan } from "../../core/measure/index.ts";
import { isFile, isUnmapped } from "../shared/journal.ts";
import { groupBy } from "./group-by.ts";
import type { StoredObservation } from "./observation.ts";
import type { Holdings } from "./part-writer.ts";

/** What is on record of each feed. */
export function feedRecordsOf({ journal, observations, gaps }: Holdings): FeedRecord[] {
  const rows = groupBy(observations, (row) => row.record.feed);
  return [...groupBy(journal, (entry) => entry.feed)]
    .map(([feed, entries]) => {
      const files = entries.filter(isFile);
      return {
        feed,
        days: daysOf(files, rows.get(feed) ?? []),
        spans: spansOf(files),
        unmapped: [
          ...new Set(
            files
              .map(({ reading }) => reading)
              .filter(isUnmapped)
              .map(({ type }) => type),
          ),
        ].sort(),
        gaps: gaps.get(feed) ?? [],
      };
    })
    .sort((a, b) => (a.feed < b.feed ? -1 : 1));
}

function spansOf(files: readonly JournalEntry[]): FileSpan[] {
  const spans = files.map((entry) => ({
    stored: storedDay(entry),
    first: entry.firstDay,
    last: entry.lastDay,
  }));
  return [...new Map(spans.map((span) => [JSON.stringify(span), span])).values()].sort(
    (a, b) => a.stored - b.stored || a.first - b.first || a.last - b.last,
  );
}

function daysOf(files: readonly JournalEntry[], rows: readonly StoredObservation[]): FeedDay[] {
  const stored = groupBy(files, storedDay);
  const seen = groupBy(rows, (row) => row.day);
  return [...new Set([...stored.keys(), ...seen.keys()])]
    .sort((a, b) => a - b)
    .map((day) => {
      const of = stored.get(day) ?? [];
      const sum = (field: "rows" | "kept" | "duplicate" | "refused" | "skipped") =>
        of.reduce((n, entry) => n + entry[field], 0);
      const times = of.map(({ storedAt }) => storedAt).sort();
      return {
        day,
        observations: seen.get(day)?.length ?? 0,
        batches: of.filter(({ part }) => part === 0).length,
        rows: sum("rows"),
        kept: sum("kept"),
        duplicate: sum("duplicate"),
        refused: sum("refused"),
        skipped: sum("skipped"),
        firstStored: times[0] ?? null,
        lastStored: times.at(-1) ?? null,
      };
    });
}

function storedDay({ storedAt }: JournalEntry): number {
  return Math.floor(Date.parse(storedAt) / 86_400_000);
}
