/** Brings the prev-seen cube up to date with the presences of a part, within the part's transaction. */
import { type CellChanges, type Presences, PrevSeen, type Side } from "../../core/measure/index.ts";
import { VECTOR_ROWS } from "./appender.ts";
import type { CellMemory } from "./cell-memory.ts";
import type { Session } from "./database.ts";
import type { Registry } from "./registry.ts";

/** The presences of a part by side. */
export type PresencesBySide = Readonly<Record<Side, Presences>>;

const sides: readonly Side[] = ["victim", "origin", "site"];

/** Adds a part's presences to the seen tables, and what they change to the cells, in the tables and in memory. */
export async function rollUp(
  session: Session,
  registry: Registry,
  memory: CellMemory,
  part: number,
  presences: PresencesBySide,
): Promise<void> {
  for (const side of sides) {
    if (presences[side].count === 0) continue;
    const cube = new PrevSeen(presences[side], (facet) => registry.eagerDimensions(side, facet));
    await letOthersRun();
    await tellPast(session, side, cube, presences[side]);
    appendSeen(session, side, part, presences[side]);
    const cells = await inSlices(cube.finish());
    appendCells(session, registry, cells);
    memory.stage(cells);
  }
}

/**
 * Of stored presences (key, facet, day), those that new ones can have for neighbours, in the order of keys: for each key and facet
 * all days between the first and the last new day, the last one before and the first one after. The days beyond keep their
 * previous days, so the cube need not hear of them.
 */
export function neighboursSql(stored: string, { count, day }: Presences): string {
  let first = 65_535;
  let last = 0;
  for (let at = 0; at < count; at++) {
    if (day[at]! < first) first = day[at]!;
    if (day[at]! > last) last = day[at]!;
  }
  const side = `CASE WHEN day < ${first} THEN 0 WHEN day > ${last} THEN 65535 ELSE day END::USMALLINT`;
  return `SELECT key, facet, CASE WHEN side = 0 THEN max(day) ELSE min(day) END AS day
    FROM (SELECT key, facet, day, ${side} AS side FROM (${stored})) GROUP BY key, facet, side ORDER BY key`;
}

/** Tells the cube on which days the part's keys were present before. */
async function tellPast(
  session: Session,
  side: Side,
  cube: PrevSeen,
  presences: Presences,
): Promise<void> {
  const any = await session.rows(`SELECT 1 FROM seen_${side} LIMIT 1`);
  if (any.length === 0) return;
  await session.run("CREATE OR REPLACE TEMP TABLE touched (key UBIGINT)");
  const appender = session.appender("touched");
  const keys = appender.words(0);
  for (let from = 0; from < presences.count; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, presences.count - from);
    for (let i = 0; i < rows; i++) {
      keys[2 * i] = presences.keyLo[from + i]!;
      keys[2 * i + 1] = presences.keyHi[from + i]!;
    }
    appender.flush(rows);
  }
  appender.close();
  await eachPresence(
    session,
    neighboursSql(
      `SELECT key, facet, day FROM seen_${side} WHERE key IN (SELECT key FROM touched)`,
      presences,
    ),
    (keyLo, keyHi, facet, day) => cube.past(keyLo, keyHi, facet, day),
  );
  await session.run("DROP TABLE touched");
}

function appendSeen(session: Session, side: Side, part: number, presences: Presences): void {
  const appender = session.appender(`seen_${side}`);
  appender.words(0).fill(part);
  const day = appender.numbers(1);
  const key = appender.words(2);
  const facet = appender.words(3);
  for (let from = 0; from < presences.count; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, presences.count - from);
    for (let i = 0; i < rows; i++) {
      day[i] = presences.day[from + i]!;
      key[2 * i] = presences.keyLo[from + i]!;
      key[2 * i + 1] = presences.keyHi[from + i]!;
      facet[i] = presences.facet[from + i]!;
    }
    appender.flush(rows);
  }
  appender.close();
}

/** Appends changes of cells; the cell's view is the dimension's. */
export function appendCells(session: Session, registry: Registry, cells: CellChanges): void {
  const appender = session.appender("cell");
  const view = appender.numbers(0);
  const dimension = appender.words(1);
  const day = appender.numbers(2);
  const prev = appender.numbers(3);
  const n = appender.words(4);
  for (let from = 0; from < cells.count; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, cells.count - from);
    for (let i = 0; i < rows; i++) {
      const of = cells.dimension[from + i]!;
      view[i] = registry.dimensions[of]!.view;
      dimension[i] = of;
      day[i] = cells.day[from + i]!;
      prev[i] = cells.prev[from + i]!;
      n[i] = cells.change[from + i]!;
    }
    appender.flush(rows);
  }
  appender.close();
}

/** Gives the rows (key, facet, day) of a query. */
export async function eachPresence(
  session: Session,
  sql: string,
  take: (keyLo: number, keyHi: number, facet: number, day: number) => void,
): Promise<void> {
  await session.eachChunk(sql, (chunk) => {
    const key = chunk.words64(0);
    const facet = chunk.words32(1);
    const day = chunk.words16(2);
    for (let i = 0; i < chunk.rows; i++) take(key[2 * i]!, key[2 * i + 1]!, facet[i]!, day[i]!);
  });
}

/** Runs a sliced computation and lets others run in between. */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await letOthersRun();
  }
}

function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
