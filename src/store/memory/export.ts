import type { ObservationFilter, Selection } from "../../app/ports.ts";
import { tlpCode } from "../../core/marking/index.ts";
import { within } from "./count-situation.ts";
import type { StoredObservation } from "./observation.ts";
import { readSubject } from "./subject.ts";

/** The rows that a filter lets through, in the order of storing, as one page. */
export function selectRows(
  rows: readonly StoredObservation[],
  filter: ObservationFilter,
): Selection {
  const found = rowsFor(rows, filter);
  const open = found.filter((row) => row.facet.tlp <= tlpCode(filter.maxTlp));
  return { withheld: found.length - open.length, pages: onePage(open.map((row) => row.record)) };
}

async function* onePage<T>(records: T): AsyncGenerator<T> {
  yield records;
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
