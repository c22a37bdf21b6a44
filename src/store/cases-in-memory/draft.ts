import { Fault } from "../../core/fault.ts";

/** A table as a transaction sees it: the rows that were there, and over them what the transaction has changed. */
export class Draft<Row> {
  readonly #base: ReadonlyMap<string, Row>;
  readonly #changed = new Map<string, Row | undefined>();
  readonly #writable: boolean;

  constructor(base: ReadonlyMap<string, Row>, writable: boolean) {
    this.#base = base;
    this.#writable = writable;
  }

  get changed(): boolean {
    return this.#changed.size > 0;
  }

  at(key: string): Row | undefined {
    return this.#changed.has(key) ? this.#changed.get(key) : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.at(key) !== undefined;
  }

  /** The row of this key, which must be there. Throws `case-conflict`. */
  must(key: string, what: string): Row {
    const row = this.at(key);
    if (row === undefined) throw new Fault("case-conflict", `there is no ${what} ${key}`);
    return row;
  }

  put(key: string, row: Row): void {
    this.#change(key, row);
  }

  remove(key: string): void {
    this.#change(key, undefined);
  }

  /** All rows: those of before in their order, then the new ones. */
  *rows(): Generator<Row> {
    for (const key of this.#base.keys()) {
      const row = this.at(key);
      if (row !== undefined) yield row;
    }
    for (const [key, row] of this.#changed)
      if (row !== undefined && !this.#base.has(key)) yield row;
  }

  /** The rows that a test picks. */
  filter(picks: (row: Row) => boolean): Row[] {
    return [...this.rows()].filter(picks);
  }

  /** Carries the changes into a table. */
  applyTo(table: Map<string, Row>): void {
    for (const [key, row] of this.#changed)
      if (row === undefined) table.delete(key);
      else table.set(key, row);
  }

  #change(key: string, row: Row | undefined): void {
    if (!this.#writable) throw new Fault("usage", "work that only reads may change nothing");
    this.#changed.set(key, row);
  }
}

/** Adds to the list that a row is. */
export function append<Item>(draft: Draft<readonly Item[]>, key: string, item: Item): void {
  draft.put(key, [...(draft.at(key) ?? []), item]);
}
