/** Distinct counts of views: from the cube where it has the answer, by scanning the presences where not. */
import {
  causeOf,
  type Group,
  groupOf,
  type Period,
  type Side,
  type SituationQuestion,
  type View,
} from "../../core/measure/index.ts";
import { packCountry } from "../../core/network/index.ts";
import { type TableAppender, VECTOR_ROWS } from "./appender.ts";
import type { CellMemory, CountsByView } from "./cell-memory.ts";
import type { Session } from "./database.ts";
import type { Registry } from "./registry.ts";

/** What the questions need of the store. */
export interface Library {
  /** A session that reads; one question at a time. */
  readonly read: Session;
  readonly registry: Registry;
  readonly cells: CellMemory;
  /** Packed countries that the cube counts as home. */
  readonly home: ReadonlySet<number>;
  /** Brings views up to date that are not kept so with every batch; false if that must wait, because a part is being written. */
  refresh(views: readonly View[]): Promise<boolean>;
}

/** Whether the question's home is the one that the cube and the daily rows are for. */
export function asksForOwnHome(library: Library, question: SituationQuestion): boolean {
  const home = new Set(question.home.map(packCountry));
  return home.size === library.home.size && [...home].every((code) => library.home.has(code));
}

/**
 * Counts views in each of several periods that do not overlap. The cube is for the store's own home and all kinds; another home,
 * or one kind, is counted by `count(distinct)` over the presences.
 */
export async function countViews(
  library: Library,
  question: SituationQuestion,
  periods: readonly Period[],
  of: readonly View[],
): Promise<CountsByView[]> {
  const late = of.filter((view) => !view.eager);
  const cube =
    question.kind === undefined &&
    asksForOwnHome(library, question) &&
    (late.length === 0 || (await library.refresh(late)));
  const remembered = cube ? await library.cells.count(library.read, periods, of) : undefined;
  if (remembered) return remembered;
  const counted = periods.map((): CountsByView => new Map());
  await withDays(library.read, periods, (days) =>
    cube
      ? sumCells(library, days, of, counted)
      : scanPresences(library, question, days, of, counted),
  );
  return counted;
}

/** Days as a join: one period is said by its bounds, many by a table of their days. */
interface Days {
  /** SQL to join the alias `x`, which has a column `day`; gives `p.period` and `p.first`. */
  readonly join: string;
}

async function withDays(
  session: Session,
  periods: readonly Period[],
  work: (days: Days) => Promise<void>,
): Promise<void> {
  if (periods.length === 1) {
    const { from, until } = periods[0]!;
    const one = `(SELECT 0 AS period, ${from}::USMALLINT AS first)`;
    return work({ join: `JOIN ${one} p ON x.day >= ${from} AND x.day < ${until}` });
  }
  const pages = periods.flatMap(({ from, until }, period) =>
    Array.from({ length: until - from }, (_, i) => [from + i, period, from] as const),
  );
  await stage(session, "period_day", "day USMALLINT, period UINTEGER, first USMALLINT", pages);
  await work({ join: "JOIN period_day p ON p.day = x.day" });
  await session.run("DROP TABLE period_day");
}

async function sumCells(
  { read, registry }: Library,
  days: Days,
  of: readonly View[],
  counted: readonly CountsByView[],
): Promise<void> {
  const codes = of.map((view) => view.code).join(",");
  const rows = await read.rows<{ period: number; dimension: number; n: bigint }>(
    `SELECT p.period, x.dimension, sum(x.n)::BIGINT AS n FROM cell x ${days.join}
     WHERE x.view IN (${codes}) AND x.prev < p.first GROUP BY p.period, x.dimension`,
  );
  for (const { period, dimension, n } of rows) {
    const { view, value } = registry.dimensions[dimension]!;
    if (n !== 0n) put(counted[period]!, view, value, Number(n));
  }
}

async function scanPresences(
  library: Library,
  question: SituationQuestion,
  days: Days,
  of: readonly View[],
  counted: readonly CountsByView[],
): Promise<void> {
  for (const side of ["victim", "origin", "site"] as const) {
    const { groups, picks } = pickFacets(library.registry, question, of, side);
    if (picks.length === 0) continue;
    await stage(library.read, "pick", "facet UINTEGER, grp UINTEGER", picks);
    const rows = await library.read.rows<{ period: number; grp: number; n: bigint }>(
      `SELECT p.period, k.grp, count(DISTINCT x.key) AS n FROM seen_${side} x
         JOIN pick k ON k.facet = x.facet ${days.join} GROUP BY p.period, k.grp`,
    );
    await library.read.run("DROP TABLE pick");
    for (const { period, grp, n } of rows)
      put(counted[period]!, groups[grp]!.view, groups[grp]!.value, Number(n));
  }
}

/** The groups of the views of one side, and which facet counts in which. */
function pickFacets(
  registry: Registry,
  question: SituationQuestion,
  of: readonly View[],
  side: Side,
): { groups: { view: number; value: bigint }[]; picks: [facet: number, group: number][] } {
  const home = new Set(question.home.map(packCountry));
  const sideViews = of.filter((view) => view.side === side);
  const groups: { view: number; value: bigint }[] = [];
  const numbers = new Map<string, number>();
  const picks: [number, number][] = [];
  registry.facets.forEach((facet, id) => {
    const cause = causeOf(facet, home);
    for (const view of sideViews) {
      const group = groupOf(view, facet, cause, question.kind);
      if (!group) continue;
      const key = `${view.code}:${group.hi}:${group.lo}`;
      let number = numbers.get(key);
      if (number === undefined) {
        number = groups.push({ view: view.code, value: valueOf(group) }) - 1;
        numbers.set(key, number);
      }
      picks.push([id, number]);
    }
  });
  return { groups, picks };
}

/** Makes a temporary table of small numbers. */
async function stage(
  session: Session,
  table: string,
  columns: string,
  rows: readonly (readonly number[])[],
): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns})`);
  const appender: TableAppender = session.appender(table);
  for (let from = 0; from < rows.length; from += VECTOR_ROWS) {
    const some = rows.slice(from, from + VECTOR_ROWS);
    some.forEach((row, i) => row.forEach((value, column) => (appender.numbers(column)[i] = value)));
    appender.flush(some.length);
  }
  appender.close();
}

function valueOf(group: Group): bigint {
  return (BigInt(group.hi) << 32n) | BigInt(group.lo);
}

function put(counted: CountsByView, view: number, group: bigint, n: number): void {
  let of = counted.get(view);
  if (!of) counted.set(view, (of = new Map()));
  of.set(group, n);
}
