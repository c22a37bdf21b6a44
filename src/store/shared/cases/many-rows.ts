import type { CompiledQuery } from "kysely";
import type { Cases } from "./tables.ts";

/** Rows that go with one statement: below the engines' limits of parameters, and few sizes, so that a statement is made once. */
const SIZES = [500, 50, 5, 1] as const;

/** A statement that takes many rows at once; its text is made once for each number of rows. */
export class ManyRows<Row extends readonly unknown[]> {
  readonly #compile: (cases: Cases, rows: readonly Row[]) => CompiledQuery;
  readonly #texts = new Map<number, CompiledQuery>();

  /** `compile` makes the statement for some rows. Its parameters must be the rows' values, row by row, and nothing else. */
  constructor(compile: (cases: Cases, rows: readonly Row[]) => CompiledQuery) {
    this.#compile = compile;
  }

  /** Runs it on all rows; tells what it returns, and how many rows it made or changed. */
  async run<Returned>(
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

  #textOf(cases: Cases, page: readonly Row[]): CompiledQuery<never> {
    const text = this.#texts.get(page.length) ?? this.#compile(cases, page);
    this.#texts.set(page.length, text);
    return text as CompiledQuery<never>;
  }
}
