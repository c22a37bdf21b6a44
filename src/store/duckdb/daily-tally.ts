import type { ObservationColumns } from "../../core/observation/index.ts";
import { VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";

const KINDS = 128;

/** Gives the stored codes of a facet's cause and kind. */
export type CauseAndKind = (facet: number) => { cause: number; kind: number };

/** Counts a part's rows by day, cause and kind, for the table `daily`. */
export class DailyTally {
  readonly #feed: number;
  /** By day: counts by cause and kind. */
  readonly #days = new Map<number, Uint32Array>();

  constructor(feed: number) {
    this.#feed = feed;
  }

  /** Adds the rows whose positions stand in `rows[0..count)`. */
  add(
    c: ObservationColumns,
    rows: Uint32Array,
    count: number,
    facets: Uint32Array,
    codes: CauseAndKind,
  ): void {
    const places = Uint32Array.from(facets, (facet) => placeOf(codes(facet)));
    let lastDay = -1;
    let counts = new Uint32Array(0);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const day = c.day[row]!;
      if (day !== lastDay) counts = this.#countsOf((lastDay = day));
      counts[places[c.facet[row]!]!]!++;
    }
  }

  /** Takes back rows that turned out to be repeats. */
  subtract(
    rows: readonly { day: number; facet: number; rows: number }[],
    codes: CauseAndKind,
  ): void {
    for (const { day, facet, rows: n } of rows) this.#countsOf(day)[placeOf(codes(facet))]! -= n;
  }

  /** Writes the counts. */
  append(session: Session): void {
    const appender = session.appender("daily");
    let filled = 0;
    for (const [day, counts] of this.#days)
      for (let place = 0; place < counts.length; place++) {
        if (counts[place] === 0) continue;
        appender.numbers(0)[filled] = day;
        appender.numbers(1)[filled] = this.#feed;
        appender.numbers(2)[filled] = Math.floor(place / KINDS);
        appender.numbers(3)[filled] = place % KINDS;
        appender.words(4)[filled] = counts[place]!;
        if (++filled < VECTOR_ROWS) continue;
        appender.flush(filled);
        filled = 0;
      }
    appender.flush(filled);
    appender.close();
  }

  #countsOf(day: number): Uint32Array<ArrayBuffer> {
    let counts = this.#days.get(day) as Uint32Array<ArrayBuffer> | undefined;
    if (!counts) this.#days.set(day, (counts = new Uint32Array(KINDS * 16)));
    return counts;
  }
}

function placeOf({ cause, kind }: { cause: number; kind: number }): number {
  return cause * KINDS + kind;
}
