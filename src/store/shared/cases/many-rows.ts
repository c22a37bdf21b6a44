import type { Compilable, CompiledQuery } from "kysely";
import type { Cases } from "./tables.ts";

/** Rows that go with one statement: below the engines' limits of parameters, and few sizes, so that a statement is made once. */
const SIZES = [500, 50, 5, 1] as const;

/** A statement that takes many rows at once; its text is made once an engine and number of rows. */
export class ManyRows<Row extends readonly unknown[], Returned> {
  readonly #build: (cases: Cases, rows: readonly Row[]) => Compilable<Returned>;
  readonly #texts = new WeakMap<object, Map<number, CompiledQuery<Returned>>>();

  /** `build` makes the statement for some rows. Its parameters must be the rows' values, row by row, and nothing else. */
  constructor(build: (cases: Cases, rows: readonly Row[]) => Compilable<Returned>) {
    this.#build = build;
  }

  /** Runs it on all rows; tells what it returns, and how many rows it made or changed. */
  async run(
    cases: Cases,
    rows: readonly Row[],
  ): Promise<{ readonly returned: readonly Returned[]; readonly affected: number }> {
    const returned: Returned[] = [];
    let affected = 0;
    for (let from = 0; from < rows.length;) {
      const size = SIZES.find((of) => of <= rows.length - from)!;
      const page = rows.slice(from, from + size);
      const result = await cases.executeQuery<Returned>({
        ...this.#textOf(cases, page),
        parameters: page.flat(),
      });
      for (const row of result.rows) returned.push(row);
      affected += Number(result.numAffectedRows ?? 0n);
      from += size;
    }
    return { returned, affected };
  }

  #textOf(cases: Cases, page: readonly Row[]): CompiledQuery<Returned> {
    const { adapter } = cases.getExecutor();
    const texts = this.#texts.get(adapter) ?? new Map<number, CompiledQuery<Returned>>();
    this.#texts.set(adapter, texts);
    const text = texts.get(page.length) ?? this.#build(cases, page).compile();
    texts.set(page.length, text);
    return text;
  }
}
