import type { JournalEntry } from "../../app/ports.ts";
import {
  type Basis,
  dayText,
  type FeedBasis,
  type FeedGap,
  type Period,
} from "../../core/measure/index.ts";
import { within } from "./count-situation.ts";
import { groupBy } from "./group-by.ts";
import type { StoredObservation } from "./observation.ts";

/** What the counts of a period rest on: the batches whose days touch it, and the feeds that have rows in it. */
export function basisOf(
  rows: readonly StoredObservation[],
  journal: readonly JournalEntry[],
  noted: ReadonlyMap<string, readonly FeedGap[]>,
  period: Period,
): Pick<Basis, "locationTable" | "feeds" | "asOf"> {
  const tables = journal
    .filter((entry) => entry.kept > 0)
    .filter((entry) => entry.lastDay >= period.from && entry.firstDay < period.until)
    .map((entry) => entry.locationTable);
  const distinctTables = new Set(tables.map(({ name, date }) => JSON.stringify([name, date])));
  const byFeed = groupBy(within(rows, period), (row) => row.record.feed);
  const gaps = gapsWithin(noted, period);
  return {
    locationTable: {
      ...(tables.at(-1) ?? { name: "", date: "" }),
      others: Math.max(0, distinctTables.size - 1),
    },
    feeds: [...new Set([...byFeed.keys(), ...gaps.keys()])]
      .map((name) => feedBasis(name, byFeed.get(name) ?? [], journal, gaps.get(name) ?? []))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    asOf: journal.at(-1)?.storedAt ?? null,
  };
}

/** The gaps of each feed that has any in the period. */
function gapsWithin(
  noted: ReadonlyMap<string, readonly FeedGap[]>,
  period: Period,
): Map<string, FeedGap[]> {
  const within = [...noted].map(([feed, gaps]) => {
    return [feed, gaps.filter(({ day }) => day >= period.from && day < period.until)] as const;
  });
  return new Map(within.filter(([, gaps]) => gaps.length > 0));
}

function feedBasis(
  name: string,
  rows: readonly StoredObservation[],
  journal: readonly JournalEntry[],
  gaps: readonly FeedGap[],
): FeedBasis {
  const days = rows.map((row) => row.day).sort((a, b) => a - b);
  const daysThatAre = (state: FeedGap["state"]) =>
    gaps.filter((gap) => gap.state === state).map(({ day }) => dayText(day));
  return {
    name,
    observations: rows.length,
    firstDay: days.length === 0 ? null : dayText(days[0]!),
    lastDay: days.length === 0 ? null : dayText(days.at(-1)!),
    lastStored: journal.findLast((entry) => entry.feed === name)?.storedAt ?? null,
    down: daysThatAre("down"),
    late: daysThatAre("late"),
  };
}
