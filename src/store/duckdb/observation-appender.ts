import type { ObservationColumns } from "../../core/observation/index.ts";
import { type TableAppender, VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";

/** Copies chosen rows of observation columns into the tables `observation` and `observation_detail`. */
export class ObservationAppender {
  readonly #rows: TableAppender;
  readonly #details: TableAppender;
  #filled = 0;
  #detailsFilled = 0;

  constructor(session: Session) {
    this.#rows = session.appender("observation");
    this.#details = session.appender("observation_detail");
  }

  /** Appends the rows whose positions stand in `rows[0..count)`. `facets` are the store's numbers of the block's facets. */
  append(
    batch: number,
    c: ObservationColumns,
    rows: Uint32Array,
    count: number,
    facets: Uint32Array,
  ): void {
    for (let from = 0; from < count;) {
      const to = Math.min(count, from + VECTOR_ROWS - this.#filled);
      this.#fill(batch, c, rows, from, to, facets);
      this.#filled += to - from;
      if (this.#filled === VECTOR_ROWS) this.#flushRows();
      from = to;
    }
    for (let i = 0; i < count; i++) if (hasDetail(c, rows[i]!)) this.#addDetail(batch, c, rows[i]!);
  }

  /** Forgets everything, before a rollback. */
  discard(): void {
    this.#rows.discard();
    this.#details.discard();
  }

  /** Hands over everything. */
  close(): void {
    this.#flushRows();
    this.#details.flush(this.#detailsFilled);
    this.#rows.close();
    this.#details.close();
  }

  #fill(
    batch: number,
    c: ObservationColumns,
    rows: Uint32Array,
    from: number,
    to: number,
    facets: Uint32Array,
  ): void {
    const base = this.#filled - from;
    const t = this.#rows;
    t.words(0).fill(batch, this.#filled, this.#filled + to - from);
    const line = t.words(1);
    const ports = t.words(5);
    const asn = t.words(6);
    const count = t.words(8);
    const facet = t.words(12);
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      const at = base + i;
      line[at] = c.line[row]!;
      ports[at] = c.victimPort[row]! | (c.originPort[row]! << 16);
      asn[at] = c.victimAsn[row]!;
      count[at] = c.count[row]!;
      facet[at] = facets[c.facet[row]!]!;
    }
    copyPairs(c.seenAt, t.words(2), rows, from, to, base);
    copyPairs(c.victim, t.words(3), rows, from, to, base);
    copyPairs(c.origin, t.words(4), rows, from, to, base);
    copyPairs(c.eventId, t.words(7), rows, from, to, base);
    copyPairs(c.identity, t.words(9), rows, from, to, base);
    copyPairs(c.extra, t.words(10), rows, from, to, base);
    copyPairs(c.victimExtra, t.words(11), rows, from, to, base);
  }

  #flushRows(): void {
    this.#rows.flush(this.#filled);
    this.#filled = 0;
  }

  #addDetail(batch: number, c: ObservationColumns, row: number): void {
    const t = this.#details;
    const at = this.#detailsFilled;
    t.words(0)[at] = batch;
    t.words(1)[at] = c.line[row]!;
    const { identity, seenUntil, victimLow, originLow, victimHost, originHost, url } = c;
    [identity, seenUntil, victimLow, originLow, victimHost, originHost, url].forEach((pairs, i) => {
      const column = t.words(i + 2);
      column[2 * at] = pairs[2 * row]!;
      column[2 * at + 1] = pairs[2 * row + 1]!;
    });
    if (++this.#detailsFilled === VECTOR_ROWS) {
      t.flush(VECTOR_ROWS);
      this.#detailsFilled = 0;
    }
  }
}

function copyPairs(
  pairs: Uint32Array,
  into: Uint32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  base: number,
): void {
  for (let i = from; i < to; i++) {
    const row = 2 * rows[i]!;
    const at = 2 * (base + i);
    into[at] = pairs[row]!;
    into[at + 1] = pairs[row + 1]!;
  }
}

function hasDetail(c: ObservationColumns, row: number): boolean {
  const lo = 2 * row;
  const hi = lo + 1;
  return (
    (c.victimLow[lo]! | c.victimLow[hi]! | c.originLow[lo]! | c.originLow[hi]!) !== 0 ||
    (c.victimHost[lo]! | c.victimHost[hi]! | c.originHost[lo]! | c.originHost[hi]!) !== 0 ||
    (c.url[lo]! | c.url[hi]! | c.seenUntil[lo]! | c.seenUntil[hi]!) !== 0
  );
}
