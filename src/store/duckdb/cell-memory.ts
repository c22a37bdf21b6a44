/**
 * Cells in memory, for a process that asks again and again: then a question costs one pass over numbers, and does not wait for the
 * threads of DuckDB, which are busy when a part is stored.
 */
import {
  type CellChanges,
  CellTable,
  type Period,
  type View,
  views,
} from "../../core/measure/index.ts";
import type { Session } from "./database.ts";
import type { Registry } from "./registry.ts";

/** More cells than this are left to DuckDB: 20 bytes a cell. */
const MOST_CELLS = 8_000_000;

/** Distinct counts by view code, then by group. */
export type CountsByView = Map<number, Map<bigint, number>>;

const eagerViews = views.filter(({ eager }) => eager);

/** The cells of the eager views. What a transaction changes is staged, and taken when it has committed. */
export class CellMemory {
  readonly #registry: Registry;
  readonly #afterQuestions: number;
  #questions = 0;
  #byView: Map<number, CellTable> | undefined;
  #staged: CellChanges[] = [];
  /** How many commits have begun or ended: odd while one is under way. */
  #commits = 0;

  /** `afterQuestions`: how many questions are left to DuckDB before, as to load the cells takes longer than some answers. */
  constructor(registry: Registry, afterQuestions: number) {
    this.#registry = registry;
    this.#afterQuestions = afterQuestions;
  }

  /** Notes what the open transaction appends to the cells. */
  stage(changes: CellChanges): void {
    // Always: the cells may be loaded before this transaction commits.
    this.#staged.push(changes);
  }

  /** Commits the transaction by `work`, and takes what was staged; if it fails, or `forget` is called before, that is forgotten. */
  async commit(work: () => Promise<void>): Promise<void> {
    this.#commits++;
    try {
      await work();
      for (const changes of this.#staged) this.#take(changes);
    } finally {
      this.#staged = [];
      this.#commits++;
    }
  }

  /** Forgets what was staged: the transaction is rolled back. */
  forget(): void {
    this.#staged = [];
  }

  /** Counts eager views in each of several periods that do not overlap; `undefined` if DuckDB must be asked. */
  async count(
    read: Session,
    periods: readonly Period[],
    of: readonly View[],
  ): Promise<CountsByView[] | undefined> {
    if (this.#questions++ < this.#afterQuestions || of.some(({ eager }) => !eager))
      return undefined;
    const byView = (this.#byView ??= await this.#load(read));
    if (!byView) return undefined;
    const counted = periods.map((): CountsByView => new Map());
    const days = new DayIndex(periods);
    for (const { code } of of) {
      const cells = byView.get(code)?.cells;
      if (cells) this.#sum(code, cells, days, counted);
    }
    return counted;
  }

  #take(changes: CellChanges): void {
    for (let at = 0; at < changes.count; at++) {
      const dimension = changes.dimension[at]!;
      const table = this.#byView?.get(this.#registry.dimensions[dimension]!.view);
      table?.change(dimension, changes.day[at]!, changes.prev[at]!, changes.change[at]!);
    }
  }

  /** Reads the cells; `undefined` if a commit came between, after which nobody knows whether they were read before or behind it. */
  async #load(read: Session): Promise<Map<number, CellTable> | undefined> {
    const before = this.#commits;
    if (before % 2 === 1) return undefined;
    const [{ n }] = (await read.rows<{ n: bigint }>("SELECT count(*) AS n FROM cell")) as [
      { n: bigint },
    ];
    if (n > MOST_CELLS) return undefined;
    const byView = new Map(eagerViews.map(({ code }) => [code, new CellTable()]));
    const codes = [...byView.keys()].join(",");
    await read.eachChunk(
      `SELECT view::UINTEGER, dimension, day, prev, n::UINTEGER FROM
         (SELECT view, dimension, day, prev, sum(n) AS n FROM cell WHERE view IN (${codes}) GROUP BY ALL HAVING sum(n) > 0)`,
      (chunk) => {
        const [view, dimension] = [chunk.words32(0), chunk.words32(1)];
        const [day, prev, count] = [chunk.words16(2), chunk.words16(3), chunk.words32(4)];
        for (let i = 0; i < chunk.rows; i++)
          byView.get(view[i]!)!.change(dimension[i]!, day[i]!, prev[i]!, count[i]!);
      },
    );
    return this.#commits === before ? byView : undefined;
  }

  #sum(
    view: number,
    { count, dimension, day, prev, change }: CellChanges,
    days: DayIndex,
    counted: readonly CountsByView[],
  ): void {
    const groups = this.#registry.dimensions.length;
    const sums = new Float64Array(groups * counted.length);
    for (let at = 0; at < count; at++) {
      const period = days.periodOf(day[at]!);
      if (period >= 0 && prev[at]! < days.firstOf(period))
        sums[period * groups + dimension[at]!]! += change[at]!;
    }
    counted.forEach((counts, period) => {
      const groupCounts = new Map<bigint, number>();
      for (let group = 0; group < groups; group++) {
        const n = sums[period * groups + group]!;
        if (n !== 0) groupCounts.set(this.#registry.dimensions[group]!.value, n);
      }
      if (groupCounts.size > 0) counts.set(view, groupCounts);
    });
  }
}

/** Which of some periods a day is in. */
class DayIndex {
  readonly #from: number;
  readonly #periods: Int32Array;
  readonly #firsts: Int32Array;

  constructor(periods: readonly Period[]) {
    this.#from = Math.min(...periods.map(({ from }) => from));
    const until = Math.max(...periods.map((period) => period.until));
    this.#periods = new Int32Array(Math.max(0, until - this.#from)).fill(-1);
    this.#firsts = Int32Array.from(periods, ({ from }) => from);
    periods.forEach(({ from, until: end }, i) =>
      this.#periods.fill(i, from - this.#from, end - this.#from),
    );
  }

  /** The period's number; -1 if the day is in none. */
  periodOf(day: number): number {
    return this.#periods[day - this.#from] ?? -1;
  }

  firstOf(period: number): number {
    return this.#firsts[period]!;
  }
}
