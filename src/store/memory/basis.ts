import type { JournalEntry } from "../../app/ports.ts";
import { type Basis, dayText, type FeedBasis, type Period } from "../../core/measure/index.ts";
import { within } from "./count-situation.ts";
import { groupBy } from "./group-by.ts";
import type { StoredObservation } from "./observation.ts";

/** What the counts of a period rest on: the batches whose days touch it, and the feeds that have rows in it. */
export function basisOf(
  rows: readonly StoredObservation[],
  journal: readonly JournalEntry[],
  period: Period,
): Pick<Basis, "locationTable" | "feeds" | "asOf"> {
  const tables = journal
    .filter((entry) => entry.kept > 0)
    .filter((entry) => entry.lastDay >= period.from && entry.firstDay < period.until)
    .map((entry) => entry.locationTable);
  const distinctTables = new Set(tables.map(({ name, date }) => JSON.stringify([name, date])));
  return {
    locationTable: {
      ...(tables.at(-1) ?? { name: "", date: "" }),
      others: Math.max(0, distinctTables.size - 1),
    },
    feeds: [...groupBy(within(rows, period), (row) => row.record.feed)]
      .map(([name, ofFeed]) => feedBasis(name, ofFeed, journal))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    asOf: journal.at(-1)?.storedAt ?? null,
  };
}

function feedBasis(
  name: string,
  rows: readonly StoredObservation[],
  journal: readonly JournalEntry[],
): FeedBasis {
  const days = rows.map((row) => row.day).sort((a, b) => a - b);
  return {
    name,
    observations: rows.length,
    firstDay: dayText(days[0]!),
    lastDay: dayText(days.at(-1)!),
    lastStored: journal.findLast((entry) => entry.feed === name)!.storedAt,
  };
}
